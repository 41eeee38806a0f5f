package com.convmerge.sandbox;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import tools.jackson.databind.MappingIterator;

/**
 * Sample data for a first run: 300 pairs and their conversations, from two resource files. 280 pairs (with 110 parents)
 * are ordinary, 20 are special ({@link SampleKind}). With {@link #faults()} a run should end with {@link #MERGED}
 * merged, {@link #REJECTED} rejected and {@link #NOT_MERGED} failed or waiting in the retry table.
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

    private SandboxSample() {}

    /** The pairs in the order of their {@code externalRef}, with the special ones spread among the ordinary ones. */
    public static List<SamplePair> pairs() {
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(resource("/sandbox/sample-requests.csv"))) {
            return rows.stream().map(SandboxSample::pair).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SamplePair pair(NamedCsvRecord row) {
        return new SamplePair(
                row.getField("parent"),
                row.getField("duplicate"),
                row.getField("reason"),
                row.getField("requested_by"),
                row.getField("external_ref"),
                SampleKind.valueOf(row.getField("kind")));
    }

    /**
     * Adds the conversations of the sample to an empty workspace.
     *
     * @throws IllegalArgumentException if one of them already exists
     */
    public static void fill(SandboxWorkspace workspace) {
        try (MappingIterator<NewConversation> conversations = ConversationJson.JSON
                .readerFor(NewConversation.class)
                .readValues(resource("/sandbox/sample-conversations.jsonl"))) {
            conversations.forEachRemaining(workspace::addConversation);
        }
    }

    /**
     * Eight faults on ordinary pairs. Seven of them are resolved by another attempt or by a read of the conversation;
     * four of these seven occur after the effect. The eighth answers 500 to every attempt at one note. On the pair
     * {@link SampleKind#ALWAYS_422}, every write is answered 422.
     */
    public static FaultPlan faults() {
        return first("215470002004", Arrival::isNote, Fault.UNAVAILABLE_503_AFTER)
                .and(first("215470002041", Arrival::isNote, Fault.DROP_AFTER))
                .and(first("215470002078", Arrival::isNote, Fault.ERROR_500_BEFORE))
                .and(first("215470002121", Arrival::isTag, Fault.HTML_502_AFTER))
                .and(first("215470002161", Arrival::isClose, Fault.REQUEST_TIMEOUT_408_AFTER))
                .and(first("215470002201", Arrival::isNote, Fault.RATE_LIMITED_429_RETRY_AFTER))
                .and(first("215470002241", Arrival::isTag, Fault.UNAVAILABLE_503_BEFORE))
                .and(FaultPlan.always(call -> call.isFor("215470002270") && call.isNote(), Fault.ERROR_500_BEFORE))
                .and(FaultPlan.always(
                        call -> call.isFor("215470003017") && call.route().isWriting(), Fault.UNPROCESSABLE_422));
    }

    private static FaultPlan first(String duplicate, Predicate<Arrival> kind, Fault fault) {
        return FaultPlan.on(call -> call.isFor(duplicate) && kind.test(call), fault);
    }

    private static InputStream resource(String path) {
        return Objects.requireNonNull(SandboxSample.class.getResourceAsStream(path), path);
    }
}
