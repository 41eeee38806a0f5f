package com.convmerge.cli;

import com.convmerge.batch.Plan;
import com.convmerge.batch.Plan.Outcome;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** A {@link Plan} for a program; written bit by bit, as a million requests are a quarter of a gigabyte of text. */
final class PlanJson {
    private PlanJson() {}

    /**
     * @param at when the run would start
     * @param out is left open
     */
    static void write(Plan plan, Instant at, PrintStream out) {
        try (JsonGenerator json = new JsonMapper()
                .writerWithDefaultPrettyPrinter()
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(out)) {
            json.writeStartObject();
            write(plan.counts(), json);
            json.writeNumberProperty("survivors", plan.survivors());
            json.writeNumberProperty("calls", plan.calls());
            json.writeNumberProperty("calls_granted", plan.callsAWindow());
            json.writeNumberProperty("window_seconds", plan.window().toSeconds());
            json.writeNumberProperty("takes_seconds", plan.takes().toSeconds());
            json.writeStringProperty("would_start_at", at.toString());
            json.writeStringProperty("would_end_at", at.plus(plan.takes()).toString());
            json.writeArrayPropertyStart("requests");
            plan.lines().forEach(line -> write(line, json));
            json.writeEndArray();
            json.writeArrayPropertyStart("notes");
            plan.notes().forEach(note -> write(note, json));
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println();
    }

    private static void write(Map<Outcome, Long> counts, JsonGenerator json) {
        json.writeObjectPropertyStart("counts");
        for (Outcome outcome : Outcome.values()) {
            json.writeNumberProperty(outcome.name(), counts.getOrDefault(outcome, 0L));
        }
        json.writeEndObject();
    }

    private static void write(Plan.Line line, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("request_id", line.requestId());
        json.writeStringProperty("duplicate_conversation_id", line.duplicate());
        json.writeStringProperty("parent_conversation_id", line.parent());
        json.writeStringProperty("survivor_conversation_id", line.survivor());
        json.writeStringProperty("outcome", line.outcome().name());
        json.writeStringProperty("reason", line.reason());
        json.writeEndObject();
    }

    private static void write(Plan.Note note, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("conversation_id", note.conversation().value());
        json.writeStringProperty("html", note.html());
        json.writeEndObject();
    }
}
