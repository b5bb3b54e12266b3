package io.duckpond.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.store.NativeFSLockFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lucene as it is, with its index in a directory of a pond. */
class LuceneTest {
  private MemoryPond pond;

  @BeforeEach
  void create() throws IOException {
    pond = new MemoryPond();
  }

  @AfterEach
  void close() throws IOException {
    pond.close();
  }

  private Directory index() throws IOException {
    Path path = Files.createDirectories(pond.path("/search/index"));
    return new NIOFSDirectory(path, NativeFSLockFactory.INSTANCE);
  }

  private static void add(IndexWriter writer, int from, int to) throws IOException {
    for (int number = from; number < to; number++) {
      Document document = new Document();
      document.add(new StringField("number", String.valueOf(number), Field.Store.YES));
      document.add(new StringField("kind", number % 3 == 0 ? "third" : "other", Field.Store.NO));
      writer.addDocument(document);
    }
  }

  private static List<String> numbers(Directory index, String kind) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(index)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      TopDocs found = searcher.search(new TermQuery(new Term("kind", kind)), 1_000);
      List<String> numbers = new ArrayList<>();
      for (ScoreDoc each : found.scoreDocs) {
        numbers.add(searcher.storedFields().document(each.doc).get("number"));
      }
      return numbers;
    }
  }

  @Test
  void indexesCommitsSearchesAndReopens() throws IOException {
    try (Directory index = index();
        IndexWriter writer = new IndexWriter(index, new IndexWriterConfig())) {
      add(writer, 0, 100);
      writer.commit();
      assertThat(numbers(index, "third")).hasSize(34);
      add(writer, 100, 200);
      writer.deleteDocuments(new Term("number", "3"));
      writer.forceMerge(1);
      writer.commit();
    }
    long before = pond.pond().view().txnSeq();

    pond.restart();

    try (Directory index = index()) {
      assertThat(numbers(index, "third")).hasSize(66).contains("0", "198").doesNotContain("3");
      try (IndexWriter writer = new IndexWriter(index, new IndexWriterConfig())) {
        add(writer, 200, 210);
      }
      assertThat(numbers(index, "third")).hasSize(69);
    }
    FileSystem past = PondFileSystems.of(pond.pond(), pond.pond().asOf(before));
    try (Directory then = new NIOFSDirectory(past.getPath("/search/index"))) {
      assertThat(numbers(then, "third")).hasSize(66);
    }
  }

  @Test
  void oneWriterLocksOutAnother() throws IOException {
    try (Directory index = index();
        IndexWriter writer = new IndexWriter(index, new IndexWriterConfig())) {
      assertThat(writer.isOpen()).isTrue();
      assertThatThrownBy(() -> new IndexWriter(index, new IndexWriterConfig()))
          .isInstanceOf(LockObtainFailedException.class);
    }
  }
}
