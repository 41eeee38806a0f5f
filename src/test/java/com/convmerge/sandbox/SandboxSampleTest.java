package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sample has as many pairs of each kind, and as many outcomes, as its constants say. */
class SandboxSampleTest {
    private final Sandbox sandbox =
            Sandbox.builder().faults(SandboxSample.faults()).start();
    private final SandboxWorkspace workspace = sandbox.workspace();

    @BeforeEach
    void fill() {
        SandboxSample.fill(workspace);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void theNumbersOfPairsMatchTheConstants() {
        List<SamplePair> pairs = SandboxSample.pairs();
        Map<SampleKind, Long> counts = pairs.stream()
                .collect(Collectors.groupingBy(
                        SamplePair::kind, () -> new EnumMap<>(SampleKind.class), Collectors.counting()));

        assertThat(pairs).hasSize(SandboxSample.PAIRS);
        assertThat(counts)
                .containsEntry(SampleKind.ORDINARY, (long) SandboxSample.ORDINARY)
                .containsOnlyKeys(SampleKind.values());
        long rejected = count(
                counts,
                SampleKind.SELF_MERGE,
                SampleKind.CYCLE,
                SampleKind.TWO_PARENTS,
                SampleKind.ID_LAST,
                SampleKind.ID_EMPTY);
        long failed = count(counts, SampleKind.DUPLICATE_MISSING, SampleKind.PARENT_MISSING, SampleKind.ALWAYS_422);
        assertThat(rejected).isEqualTo(SandboxSample.REJECTED);
        assertThat(failed + 1)
                .as("failed pairs, with the one that always answers 500")
                .isEqualTo(SandboxSample.NOT_MERGED);
        assertThat(SandboxSample.MERGED + SandboxSample.REJECTED + SandboxSample.NOT_MERGED)
                .isEqualTo(SandboxSample.PAIRS);
        assertThat(pairs.stream().map(SamplePair::externalRef))
                .doesNotHaveDuplicates()
                .startsWith("sample-0001");
        assertThat(ordinary().stream().map(SamplePair::parent).distinct()).hasSize(SandboxSample.PARENTS);
        assertThat(SandboxSample.pairs()).isEqualTo(pairs);
    }

    @Test
    void everyValidPairHasItsConversationsAndNoOthersExist() {
        Set<String> named = new HashSet<>();
        for (SamplePair pair : SandboxSample.pairs()) {
            boolean duplicateGone = Set.of(SampleKind.DUPLICATE_MISSING, SampleKind.ID_LAST, SampleKind.ID_EMPTY)
                    .contains(pair.kind());
            assertThat(workspace.find(pair.duplicate()).isPresent())
                    .as("%s", pair)
                    .isEqualTo(!duplicateGone);
            assertThat(workspace.find(pair.parent()).isPresent())
                    .as("%s", pair)
                    .isEqualTo(pair.kind() != SampleKind.PARENT_MISSING);
            named.add(pair.duplicate());
            named.add(pair.parent());
        }
        assertThat(workspace.conversations()).extracting(ConversationView::id).isSubsetOf(named);
        assertThat(ordinary()).allSatisfy(pair -> {
            assertThat(workspace.conversation(pair.duplicate()).state()).isEqualTo("open");
            assertThat(workspace.conversation(pair.duplicate()).tags()).isEmpty();
        });
    }

    @Test
    void specialDuplicatesAreInTheStateThatTheirKindSays() {
        assertThat(states(SampleKind.DUPLICATE_CLOSED)).containsExactly("closed", "closed");
        assertThat(states(SampleKind.DUPLICATE_SNOOZED)).containsExactly("snoozed", "snoozed");
        assertThat(of(SampleKind.DUPLICATE_TAGGED, SamplePair::duplicate))
                .allSatisfy(
                        id -> assertThat(workspace.conversation(id).tagNames()).containsExactly(SandboxSample.TAG));
        assertThat(of(SampleKind.TWO_PARENTS, SamplePair::duplicate).stream().distinct())
                .hasSize(1);
        assertThat(of(SampleKind.SELF_MERGE, pair -> pair.parent().equals(pair.duplicate())))
                .containsExactly(true);
        assertThat(of(SampleKind.CYCLE, SamplePair::parent))
                .containsExactlyInAnyOrderElementsOf(of(SampleKind.CYCLE, SamplePair::duplicate));
        List<SamplePair> chain = of(SampleKind.CHAIN, Function.identity());
        assertThat(chain.get(0).parent()).isEqualTo(chain.get(1).duplicate());
    }

    @Test
    void aClientThatRepeatsFailedCallsMergesTheStatedNumber() {
        Client client = new Client(sandbox);
        String tag = workspace.tagNamed(SandboxSample.TAG).id();
        Set<SampleKind> good = Set.of(
                SampleKind.ORDINARY,
                SampleKind.DUPLICATE_CLOSED,
                SampleKind.DUPLICATE_SNOOZED,
                SampleKind.DUPLICATE_TAGGED,
                SampleKind.CHAIN,
                SampleKind.HTML_IN_REASON,
                SampleKind.ALWAYS_422);
        List<SamplePair> tried = SandboxSample.pairs().stream()
                .filter(pair -> good.contains(pair.kind()))
                .toList();
        for (SamplePair pair : tried) {
            String id = pair.duplicate();
            repeatWhile(() -> workspace.conversation(id).notes().isEmpty(), () -> client.note(id, "merged"));
            repeatWhile(() -> workspace.conversation(id).tags().isEmpty(), () -> client.tag(id, tag));
            repeatWhile(() -> !workspace.conversation(id).state().equals("closed"), () -> client.close(id));
        }
        long merged = tried.stream()
                .map(pair -> workspace.conversation(pair.duplicate()))
                .filter(c -> c.notes().size() == 1
                        && c.tags().size() == 1
                        && c.state().equals("closed"))
                .count();
        assertThat(merged).isEqualTo(SandboxSample.MERGED);
        assertThat(sandbox.calls().stream().filter(call -> call.fault() != null && call.effect()))
                .hasSize(4);
    }

    /** Sends a call up to three times, and only while the workspace lacks its effect. */
    private static void repeatWhile(BooleanSupplier needed, Runnable call) {
        for (int i = 0; i < 3 && needed.getAsBoolean(); i++) {
            try {
                call.run();
            } catch (UncheckedIOException e) {
                // The connection was closed: check for the effect, then try again.
            }
        }
    }

    private static List<SamplePair> ordinary() {
        return of(SampleKind.ORDINARY, Function.identity());
    }

    private List<String> states(SampleKind kind) {
        return of(kind, pair -> workspace.conversation(pair.duplicate()).state());
    }

    private static <T> List<T> of(SampleKind kind, Function<SamplePair, T> what) {
        return SandboxSample.pairs().stream()
                .filter(pair -> pair.kind() == kind)
                .map(what)
                .toList();
    }

    private static long count(Map<SampleKind, Long> counts, SampleKind... kinds) {
        long sum = 0;
        for (SampleKind kind : kinds) {
            sum += counts.getOrDefault(kind, 0L);
        }
        return sum;
    }
}
