package io.duckpond.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.duckpond.directory.Directory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Section 1 of the style guide, executable: the arrows between modules, and what belongs where. */
@AnalyzeClasses(packages = "io.duckpond", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Today's number, rounded down: a test that imports nothing must not pass. */
  private static final int FLOOR = 300;

  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.duckpond..");
  private static final DescribedPredicate<JavaClass> JOURNAL =
      resideInAPackage("io.duckpond.journal..");
  private static final DescribedPredicate<JavaClass> DISK =
      resideInAPackage("io.duckpond.journal.disk..");
  private static final DescribedPredicate<JavaClass> QUERY =
      resideInAPackage("io.duckpond.query..");
  private static final DescribedPredicate<JavaClass> LAUNCHER =
      resideInAPackage("io.duckpond.launcher..");
  private static final DescribedPredicate<JavaClass> ACTORS =
      OURS.and(not(JOURNAL.or(QUERY).or(LAUNCHER))).as("classes of actors");
  private static final DescribedPredicate<JavaClass> OPLOG =
      resideInAPackage("io.duckpond.oplog..");

  /** The blocking facade, which waits as the machine does; all else answers with stages. */
  private static final DescribedPredicate<JavaClass> FACADE = resideInAPackage("io.duckpond");

  @ArchTest
  static void allModulesWereImported(JavaClasses imported) {
    assertThat(imported.size()).isGreaterThan(FLOOR);
    assertThat(imported.contain("io.duckpond.journal.table.LogTable")).isTrue();
    assertThat(imported.contain("io.duckpond.Pond")).isTrue();
    assertThat(imported.contain("io.duckpond.query.PondSql")).isTrue();
    assertThat(imported.contain("io.duckpond.launcher.Main")).isTrue();
  }

  @ArchTest
  static final ArchRule journalUsesNothingOfOurs =
      noClasses().that(JOURNAL).should().dependOnClassesThat(OURS.and(not(JOURNAL)));

  @ArchTest
  static final ArchRule actorsUseNeitherQueryNorLauncher =
      noClasses().that(ACTORS).should().dependOnClassesThat(QUERY.or(LAUNCHER));

  @ArchTest
  static final ArchRule queryDoesNotUseTheLauncher =
      noClasses().that(QUERY).should().dependOnClassesThat(LAUNCHER);

  @ArchTest
  static final ArchRule onlyTheOplogMeetsTheJournal =
      noClasses()
          .that(ACTORS.and(not(OPLOG)).or(QUERY))
          .should()
          .dependOnClassesThat(JOURNAL.and(not(DISK)));

  @ArchTest
  static final ArchRule theLauncherTouchesNoJournalClass =
      noClasses().that(LAUNCHER).should().dependOnClassesThat(JOURNAL);

  @ArchTest
  static final ArchRule storageLibrariesStayBelowTheActors =
      noClasses()
          .that(ACTORS.or(LAUNCHER))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.delta..",
                  "org.apache.parquet..",
                  "org.apache.hadoop..",
                  "org.apache.calcite.."));

  @ArchTest
  static final ArchRule onlyTheColumnCodecKnowsArrow =
      noClasses()
          .that(ACTORS.and(not(OPLOG)).or(LAUNCHER))
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.arrow.."));

  @ArchTest
  static final ArchRule onlyTheLauncherParsesCommandLines =
      noClasses().that(not(LAUNCHER)).should().dependOnClassesThat(resideInAPackage("picocli.."));

  @ArchTest
  static final ArchRule onlyQueryLoadsCalcite =
      noClasses()
          .that(not(QUERY))
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.calcite.."));

  // The root package is not a slice: it is the facade, which uses every package below it, while
  // some
  // of these speak its plain values (Progress, CommitInfo). The same holds for the launcher's root.
  @ArchTest
  static final ArchRule packagesOfActorsHaveNoCycles =
      slices().matching("io.duckpond.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheJournalHaveNoCycles =
      slices().matching("io.duckpond.journal.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheLauncherHaveNoCycles =
      slices().matching("io.duckpond.launcher.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule librariesPrintNothing =
      noClasses()
          .that(not(LAUNCHER))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule librariesNeitherExitNorReadTheEnvironment =
      noClasses()
          .that(not(LAUNCHER))
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(TimeUnit.class, "sleep", long.class);

  @ArchTest
  static final ArchRule onlyTheFacadeWaits =
      noClasses()
          .that(not(FACADE.or(LAUNCHER).or(DISK)))
          .should()
          .callMethod(CompletableFuture.class, "join")
          .orShould()
          .callMethod(CompletableFuture.class, "get")
          .orShould()
          .callMethod(CompletableFuture.class, "get", long.class, TimeUnit.class)
          .orShould()
          .callMethod(Future.class, "get")
          .orShould()
          .callMethod(Future.class, "get", long.class, TimeUnit.class);

  @ArchTest
  static final ArchRule messagesAreValues =
      classes().that().implement(Directory.Command.class).should().beRecords().orShould().beEnums();
}
