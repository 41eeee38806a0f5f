package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.apply.SurvivorSnooze;
import com.convmerge.intercom.Answer;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.ShownTime;
import com.convmerge.requests.SnoozedSurvivors;
import com.convmerge.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A note wakes a snoozed survivor. It is snoozed again until the same time, if the settings ask for that, and the report says so. */
record SurvivorSnoozes(SnoozedSurvivors survivors, Settings settings, Clock clock) {
    private static final Logger log = LoggerFactory.getLogger(SurvivorSnoozes.class);

    /** Writes notes on a survivor, which is as much asleep after them as before. */
    Outcome<ConversationId> around(ConversationId survivor, MergeRun run, Supplier<Outcome<ConversationId>> notes) {
        Optional<Instant> until = survivors
                .of(survivor)
                .filter(snooze -> snooze.until().isAfter(clock.instant()))
                .flatMap(snooze -> snooze.isWoken() ? Optional.of(snooze.until()) : asleep(survivor, run));
        Outcome<ConversationId> outcome = notes.get();
        // A note that is in doubt may wake it later. Then it is snoozed again when the note is found, or by the next
        // run.
        if (outcome instanceof Outcome.Done<ConversationId>) {
            until.ifPresent(time -> keep(survivor, time, run));
        }
        return outcome;
    }

    /** What the tables know may be hours old, so it only says whether to ask. */
    private Optional<Instant> asleep(ConversationId survivor, MergeRun run) {
        Optional<Instant> until = run.gate.snooze().until(survivor);
        until.ifPresent(time -> survivors.wakes(survivor, time, run.executionId()));
        return until;
    }

    /** Snoozes again what an earlier run has woken and left awake, because it was killed, or Intercom would not. */
    void keepThoseOfEarlierRuns(MergeRun run) {
        if (settings.snoozeAgain()) {
            survivors.woken(clock.instant()).forEach((survivor, until) -> keep(survivor, until, run));
        }
    }

    private void keep(ConversationId survivor, Instant until, MergeRun run) {
        if (!settings.snoozeAgain()) {
            return;
        }
        Answer<SurvivorSnooze.State> answer = run.gate.snooze().keep(survivor, until, run.workspace());
        if (answer instanceof Answer.Failed<SurvivorSnooze.State> failed) {
            log.warn(
                    "survivor {}: its note has woken it, and it is not snoozed again until {}: {}; the next run tries again",
                    survivor,
                    ShownTime.utc(until),
                    failed.failure().describe());
            return;
        }
        switch (((Answer.Ok<SurvivorSnooze.State>) answer).value()) {
            case ASLEEP -> survivors.didNotWake(survivor);
            case SNOOZED_AGAIN, CLOSED -> survivors.sleeps(survivor);
        }
    }
}
