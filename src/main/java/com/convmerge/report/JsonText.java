package com.convmerge.report;

import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.Strategy;
import com.convmerge.retries.RetryEntry;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Writes records as JSON for programs: in the order of their components, with the names that the tables use. The domain's records
 * do not depend on Jackson; the mix-ins below have their annotations. All that is not plain ASCII is written as an escape, because
 * people read JSON on a terminal too.
 */
public final class JsonText {
    private static final JsonFactory ASCII = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .characterEscapes(new EscapesOfDelete())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(ASCII)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .addModule(new SimpleModule()
                    .addSerializer(ConversationId.class, ToStringSerializer.instance)
                    .addSerializer(OperationKey.class, ToStringSerializer.instance))
            .addMixIn(OperationKind.class, OperationKindJson.class)
            .addMixIn(Strategy.class, StrategyJson.class)
            .addMixIn(LedgerEntry.class, LedgerEntryJson.class)
            .addMixIn(RetryEntry.class, RetryEntryJson.class)
            .addMixIn(Failure.class, FailureJson.class)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private JsonText() {}

    /** Writes {@code value} and a line break. */
    public static void write(Object value, PrintStream out) {
        MAPPER.writeValue(out, value);
        out.println();
    }

    /** The same, with the annotations of {@code mixIn} for values of {@code type}. */
    public static void write(Object value, Class<?> type, Class<?> mixIn, PrintStream out) {
        MAPPER.rebuild().addMixIn(type, mixIn).build().writeValue(out, value);
        out.println();
    }

    /** JSON's own escapes, and one for DEL, the only control character in ASCII that JSON leaves as it is. */
    private static final class EscapesOfDelete extends CharacterEscapes {
        private static final int DELETE = 0x7F;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = standardAsciiEscapesForJSON();
            escapes[DELETE] = ESCAPE_STANDARD;
            return escapes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }

    record OperationKindJson(@JsonValue String column) {}

    record StrategyJson(@JsonValue String word) {}

    /** The request and its conversation are omitted: an entry is listed below its request. */
    record LedgerEntryJson(
            @JsonProperty("operation_key") OperationKey key,
            @JsonProperty("operation") OperationKind kind,
            @JsonIgnore @Nullable Long requestId,
            @JsonIgnore ConversationId conversation,
            @JsonProperty("job_execution_id") long executionId) {}

    record RetryEntryJson(
            @JsonUnwrapped Failure failure,
            @JsonProperty("job_execution_id") long executionId) {}

    record FailureJson(@JsonProperty("failure_kind") FailureKind kind) {}
}
