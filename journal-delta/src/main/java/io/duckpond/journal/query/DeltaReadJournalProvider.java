package io.duckpond.journal.query;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.query.ReadJournalProvider;

/** What Pekko loads to get at the read journal of a section of the configuration. */
public final class DeltaReadJournalProvider implements ReadJournalProvider {
  private final DeltaReadJournal javadsl;
  private final DeltaScalaReadJournal scaladsl;

  /** Called by Pekko with the section of the read journal and the path of it. */
  public DeltaReadJournalProvider(ExtendedActorSystem system, Config config, String configPath) {
    Queries queries = new Queries(system, config);
    this.javadsl = new DeltaReadJournal(queries);
    this.scaladsl = new DeltaScalaReadJournal(queries);
  }

  @Override
  public DeltaReadJournal javadslReadJournal() {
    return javadsl;
  }

  @Override
  public DeltaScalaReadJournal scaladslReadJournal() {
    return scaladsl;
  }
}
