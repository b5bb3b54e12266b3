package io.duckpond.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.InvalidPathException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PondPathTest {

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "//, /",
    "/., /",
    "'', .",
    "., .",
    "a, a",
    "./a/./b, a/b",
    "//a//b, /a/b",
    "a/, a/",
    "a/., a/",
    "/a//, /a/",
    "a/../b, a/../b",
    "/.., /..",
    "...,..."
  })
  void textKeepsWhatItMeans(String text, String meant) {
    assertThat(PondPath.parse(text)).hasToString(meant);
    assertThat(PondPath.parse(meant)).isEqualTo(PondPath.parse(text));
  }

  @Test
  void partsAreAsWritten() {
    assertThat(PondPath.parse("/a/../ü b/"))
        .isEqualTo(new PondPath(true, List.of("a", "..", "ü b"), true));
    assertThat(PondPath.parse("/")).isEqualTo(PondPath.ROOT);
  }

  @Test
  void childIsOneComponentLonger() {
    assertThat(PondPath.ROOT.child(new EntryName("a")).child(new EntryName("b")))
        .isEqualTo(PondPath.parse("/a/b"));
    assertThat(PondPath.parse("a/").child(new EntryName("b"))).hasToString("a/b");
  }

  @Test
  void nameOfMoreThan255BytesIsRefused() {
    assertThat(PondPath.parse("/" + "x".repeat(255)).components()).hasSize(1);
    assertThat(PondPath.parse("ü".repeat(127) + "x").components()).hasSize(1);
    assertThatExceptionOfType(InvalidPathException.class)
        .isThrownBy(() -> PondPath.parse("/a/" + "x".repeat(256)))
        .satisfies(e -> assertThat(e.getReason()).isEqualTo("name of 256 bytes, more than 255"));
    assertThatExceptionOfType(InvalidPathException.class)
        .isThrownBy(() -> PondPath.parse("ü".repeat(128)))
        .satisfies(e -> assertThat(e.getReason()).isEqualTo("name of 256 bytes, more than 255"));
  }

  @Test
  void pathOfMoreThan4096BytesIsRefused() {
    assertThat(PondPath.parse("/x".repeat(2048)).components()).hasSize(2048);
    assertThatExceptionOfType(InvalidPathException.class)
        .isThrownBy(() -> PondPath.parse("/x".repeat(2048) + "y"))
        .satisfies(e -> assertThat(e.getReason()).isEqualTo("path of 4097 bytes, more than 4096"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "/x/\uD800", "\uDC00x/y"})
  void nameThatNoFilesystemCouldHoldIsRefused(String text) {
    assertThatExceptionOfType(InvalidPathException.class)
        .isThrownBy(() -> PondPath.parse(text))
        .satisfies(e -> assertThat(e.getReason()).startsWith("name "));
  }
}
