package io.duckpond.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
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
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
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

  private static final DescribedPredicate<JavaClass> SIMULATED =
      JOURNAL.or(ACTORS).and(not(DISK)).as("classes of journal and actors beside the machine");

  /** A simulation has to supply all of it from one seed. */
  @ArchTest
  static final ArchRule filesAndThreadsComeFromTheMachine =
      noClasses()
          .that(SIMULATED)
          .should()
          .dependOnClassesThat(
              belongToAnyOf(
                  Files.class,
                  File.class,
                  RandomAccessFile.class,
                  FileInputStream.class,
                  FileOutputStream.class,
                  Executors.class,
                  ForkJoinPool.class,
                  ThreadPoolExecutor.class,
                  java.util.Timer.class))
          .orShould()
          .callMethod(Path.class, "toRealPath", LinkOption[].class)
          .orShould()
          .callConstructorWhere(
              target(owner(type(Thread.class)))
                  .or(target(owner(type(SecureRandom.class))))
                  .or(target(owner(type(Random.class)))))
          .orShould()
          .callMethodWhere(
              describe(
                  "runs on the common pool",
                  call ->
                      call.getTargetOwner().isAssignableTo(CompletionStage.class)
                          && call.getName().endsWith("Async")
                          && call.getTarget().getRawParameterTypes().stream()
                              .noneMatch(type(Executor.class))));

  /** The channels of {@code pond:} file systems are the pond's own. */
  @ArchTest
  static final ArchRule onlyThePondsOwnChannelsAreChannels =
      noClasses()
          .that(SIMULATED.and(not(resideInAPackage("io.duckpond.nio.."))))
          .should()
          .dependOnClassesThat(type(FileChannel.class));

  @ArchTest
  static final ArchRule timeAndChanceComeFromTheMachine =
      noClasses()
          .that(SIMULATED)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(ThreadLocalRandom.class, "current");

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
