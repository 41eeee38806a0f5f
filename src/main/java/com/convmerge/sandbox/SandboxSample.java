package com.convmerge.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Sample data for a first run: 300 pairs and their conversations, the same each time. 280 pairs (with 110 parents) are
 * ordinary, 20 are special ({@link SampleKind}). With {@link #faults()} a run should end with {@link #MERGED} merged,
 * {@link #REJECTED} rejected and {@link #NOT_MERGED} failed or waiting in the retry table.
 */
public final class SandboxSample {
    /** How many pairs there are. */
    public static final int PAIRS = 300;
    /** How many of them are ordinary. */
    public static final int ORDINARY = 280;
    /** How many parents the ordinary pairs have. */
    public static final int PARENTS = 110;
    /** How many pairs a run merges in spite of the faults. */
    public static final int MERGED = 287;
    /** How many pairs are rejected before any call: self-merge, cycle, two parents, invalid ids. */
    public static final int REJECTED = 7;
    /**
     * How many pairs fail: two whose duplicate and two whose parent was deleted, one that always answers 422, and one
     * that always answers 500.
     */
    public static final int NOT_MERGED = 6;
    /** The tag that the pair {@link SampleKind#DUPLICATE_TAGGED} already has. */
    public static final String TAG = "merged-duplicate";

    private static final long FIRST_PARENT = 215_470_001_001L;
    private static final long FIRST_DUPLICATE = 215_470_002_001L;
    private static final long FIRST_SPECIAL = 215_470_003_001L;

    private SandboxSample() {}

    /** The pairs in the order of their {@code externalRef}, with the special ones spread among the ordinary ones. */
    public static List<SamplePair> pairs() {
        List<SamplePair> special = SpecialPairs.pairs();
        List<SamplePair> all = new ArrayList<>();
        int every = PAIRS / special.size();
        int ordinary = 0;
        for (int i = 0; i < PAIRS; i++) {
            boolean isSpecial = i % every == every - 1;
            SamplePair pair = isSpecial ? special.get(i / every) : ordinaryPair(ordinary++);
            all.add(new SamplePair(
                    pair.parent(),
                    pair.duplicate(),
                    pair.reason(),
                    pair.requestedBy(),
                    String.format(Locale.ROOT, "sample-%04d", i + 1),
                    pair.kind()));
        }
        return List.copyOf(all);
    }

    /**
     * Adds the conversations of the sample to an empty workspace.
     *
     * @throws IllegalArgumentException if one of them already exists
     */
    public static void fill(SandboxWorkspace workspace) {
        for (int i = 0; i < PARENTS; i++) {
            SampleTexts.Topic topic = SampleTexts.pick(SampleTexts.TOPICS, i);
            workspace.addConversation(SampleTexts.conversation(parent(i), topic.firstMessage(), i)
                    .titled(topic.title())
                    .inState(i % 9 == 8 ? "closed" : "open"));
        }
        for (int i = 0; i < ORDINARY; i++) {
            workspace.addConversation(duplicateOf(i));
        }
        SpecialPairs.fill(workspace);
    }

    /**
     * Eight faults on ordinary pairs. Seven of them are resolved by another attempt or by a read of the conversation;
     * four of these seven occur after the effect. The eighth answers 500 to every attempt at one note.
     */
    public static FaultPlan faults() {
        return first(3, Arrival::isNote, Fault.UNAVAILABLE_503_AFTER)
                .and(first(40, Arrival::isNote, Fault.DROP_AFTER))
                .and(first(77, Arrival::isNote, Fault.ERROR_500_BEFORE))
                .and(first(120, Arrival::isTag, Fault.HTML_502_AFTER))
                .and(first(160, Arrival::isClose, Fault.REQUEST_TIMEOUT_408_AFTER))
                .and(first(200, Arrival::isNote, Fault.RATE_LIMITED_429_RETRY_AFTER))
                .and(first(240, Arrival::isTag, Fault.UNAVAILABLE_503_BEFORE))
                .and(FaultPlan.always(call -> call.isFor(duplicate(269)) && call.isNote(), Fault.ERROR_500_BEFORE))
                .and(SpecialPairs.faults());
    }

    private static FaultPlan first(int pair, Predicate<Arrival> kind, Fault fault) {
        return FaultPlan.on(call -> call.isFor(duplicate(pair)) && kind.test(call), fault);
    }

    private static SamplePair ordinaryPair(int i) {
        return new SamplePair(
                parent(parentNumber(i)),
                duplicate(i),
                SampleTexts.pick(SampleTexts.REASONS, i * 3 + i / 10),
                SampleTexts.pick(SampleTexts.TEAMMATES, i / 3),
                "",
                SampleKind.ORDINARY);
    }

    private static NewConversation duplicateOf(int i) {
        SampleTexts.Topic topic = SampleTexts.pick(SampleTexts.TOPICS, parentNumber(i));
        // The first ten topics are outages, which several customers report. Otherwise the same customer writes again.
        int customer = parentNumber(i) < 10 ? 200 + i : parentNumber(i);
        NewConversation duplicate = SampleTexts.conversation(duplicate(i), topic.secondMessage(), customer);
        return i % 2 == 0 ? duplicate.withSubject("Re: " + topic.title()) : duplicate.titled(topic.title());
    }

    /** Each parent has one duplicate; the first ten parents, the outages, share more than half of the others. */
    private static int parentNumber(int duplicate) {
        if (duplicate < PARENTS) {
            return duplicate;
        }
        return duplicate % 2 == 0 ? (duplicate / 2) % 10 : duplicate % PARENTS;
    }

    private static String parent(int number) {
        return String.valueOf(FIRST_PARENT + number);
    }

    private static String duplicate(int number) {
        return String.valueOf(FIRST_DUPLICATE + number);
    }

    /** The id of a conversation of the special pairs. */
    static String special(int number) {
        return String.valueOf(FIRST_SPECIAL + number);
    }

    /** The id of a parent of the ordinary pairs, for special pairs with a valid parent. */
    static String goodParent(int number) {
        return parent(number);
    }
}
