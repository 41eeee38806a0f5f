package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Finds out whether an operation in doubt has happened: it waits, reads the conversation, and reads it once more before it accepts
 * that the effect is missing.
 */
record InDoubtResolver(IntercomClient client, List<Duration> settle, Clock clock, Sleeper sleeper) {
    /** How far Intercom's clock may be from ours when the times of parts are compared with the time of a claim. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    /** What reading the conversation showed. */
    sealed interface Finding {
        /** It has happened. */
        record There(Conversation conversation) implements Finding {}

        /** It has not. */
        record NotThere(Conversation conversation) implements Finding {}

        /** Nobody can say yet. */
        record Unknown(Failure failure) implements Finding {}
    }

    /**
     * Looks.
     *
     * @param since when the call that is in doubt ended; if that is long ago, one look is enough
     */
    Finding look(Operation operation, LedgerEntry entry, Instant since) {
        Finding last = new Finding.Unknown(inDoubt("not read back yet"));
        Instant lookAt = since;
        for (int i = 0; i < settle.size(); i++) {
            lookAt = lookAt.plus(settle.get(i));
            boolean isLast = i == settle.size() - 1;
            if (!isLast && lookAt.isBefore(clock.instant())) {
                continue;
            }
            if (!sleepUntil(lookAt)) {
                return new Finding.Unknown(inDoubt("the run is ending"));
            }
            last = lookOnce(operation, entry);
            if (last instanceof Finding.There || isFinal(last)) {
                return last;
            }
        }
        return last;
    }

    private Finding lookOnce(Operation operation, LedgerEntry entry) {
        Answer<Conversation> answer = client.read(operation.conversation());
        if (answer instanceof Answer.Failed<Conversation> failed) {
            return new Finding.Unknown(failed.failure());
        }
        Conversation seen = ((Answer.Ok<Conversation>) answer).value();
        if (operation.isSatisfiedBy(seen, Objects.requireNonNullElse(entry.reference(), ""))) {
            return new Finding.There(seen);
        }
        if (operation.kind().isNote() && !seen.showsAllSince(entry.firstSentAt().minus(CLOCKS_APART))) {
            return new Finding.Unknown(inDoubt("the conversation has more than " + Conversation.PARTS_SHOWN
                    + " parts since, and Intercom shows no older ones: look for \"ref " + entry.reference()
                    + "\" in the inbox"));
        }
        return new Finding.NotThere(seen);
    }

    private boolean isFinal(Finding finding) {
        return finding instanceof Finding.Unknown unknown
                && (unknown.failure().kind() == FailureKind.STOPS_THE_RUN
                        || unknown.failure().kind() == FailureKind.NOT_FOUND);
    }

    private boolean sleepUntil(Instant time) {
        Duration wait = Duration.between(clock.instant(), time);
        try {
            if (wait.compareTo(Duration.ZERO) > 0) {
                sleeper.sleep(wait);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Failure inDoubt(String why) {
        return Failure.withoutAnswer(FailureKind.IN_DOUBT, "in_doubt", why);
    }
}
