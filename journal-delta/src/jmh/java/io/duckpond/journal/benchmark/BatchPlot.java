package io.duckpond.journal.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Events a second and bytes an event over the size of a batch, on logarithmic axes, as SVG. */
final class BatchPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 70;
  private static final int RIGHT = WIDTH - 70;
  private static final int TOP = 50;
  private static final int BOTTOM = HEIGHT - 50;
  private static final String FASTER = "#1f6f8b";
  private static final String SMALLER = "#c0562b";

  private final StringBuilder svg = new StringBuilder();

  private BatchPlot() {}

  /** Returns a picture of events a second (first) and bytes an event (second) by batch size. */
  static String of(Map<Integer, double[]> batches) {
    return new BatchPlot().draw(batches);
  }

  private String draw(Map<Integer, double[]> batches) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">",
        WIDTH, HEIGHT);
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    text(WIDTH / 2, 22, "middle", "#222", "Durable transactions, one after another");
    text(LEFT, TOP - 10, "start", FASTER, "events/s");
    text(RIGHT, TOP - 10, "end", SMALLER, "bytes/event, log included");
    text((LEFT + RIGHT) / 2, HEIGHT - 12, "middle", "#222", "events in a transaction");
    for (int decade = 0; decade <= 3; decade++) {
      int x = x(Math.pow(10, decade));
      line(x, TOP, x, BOTTOM);
      text(x, BOTTOM + 18, "middle", "#222", "%,d".formatted((int) Math.pow(10, decade)));
    }
    for (int decade = 2; decade <= 6; decade++) {
      int y = y(Math.pow(10, decade), 2, 6);
      line(LEFT, y, RIGHT, y);
      text(LEFT - 6, y + 4, "end", FASTER, "%,d".formatted((int) Math.pow(10, decade)));
      double bytes = Math.pow(10, 1 + (decade - 2) * 0.75);
      text(RIGHT + 6, y + 4, "start", SMALLER, "%,.0f".formatted(bytes));
    }
    curve(batches, 0, 2, 6, FASTER, -8);
    curve(batches, 1, 1, 4, SMALLER, 16);
    add("</svg>");
    return svg.toString();
  }

  private void curve(
      Map<Integer, double[]> batches, int of, double low, double high, String colour, int above) {
    List<String> points = new ArrayList<>();
    batches.forEach(
        (batch, figures) -> {
          int x = x(batch);
          int y = y(figures[of], low, high);
          points.add(x + "," + y);
          add("<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"%s\"/>", x, y, colour);
          text(x, y + above, "middle", colour, "%,.0f".formatted(figures[of]));
        });
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        String.join(" ", points), colour);
  }

  private static int x(double batch) {
    return (int) (LEFT + 20 + (RIGHT - LEFT - 40) * Math.log10(batch) / 3);
  }

  private static int y(double value, double low, double high) {
    return (int) (BOTTOM - (BOTTOM - TOP) * (Math.log10(value) - low) / (high - low));
  }

  private void line(int x1, int y1, int x2, int y2) {
    add("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>", x1, y1, x2, y2);
  }

  private void text(int x, int y, String anchor, String colour, String text) {
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, y, anchor, colour, text);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
