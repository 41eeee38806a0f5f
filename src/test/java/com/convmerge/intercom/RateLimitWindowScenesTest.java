package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rate limit window against a simulated server. Each scene has 64 callers and a dozen windows. No call of ours is refused,
 * and in each full window after the first, at least 97 % of the calls that other apps leave are used.
 */
class RateLimitWindowScenesTest {
    private static final int WINDOWS = 12;

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenes")
    void no_call_is_refused_and_each_full_window_is_used(String name, RateSimulation scene) {
        Map<Long, SimulatedWindow> windows = scene.run(WINDOWS);

        assertThat(scene.refused()).as("refused").isZero();
        assertThat(windows).hasSize(WINDOWS);
        windows.remove(0L);
        assertThat(windows)
                .allSatisfy((number, window) -> assertThat(window.share()).isBetween(0.97, 1.0));
    }

    @Test
    void after_minutes_without_work_the_windows_are_used_again() {
        RateSimulation scene = skewed(200, 3_000).idle(ms(25_000), ms(25_000 + 187_000));
        Map<Long, SimulatedWindow> windows = scene.run(27);

        assertThat(scene.refused()).isZero();
        // The work pauses in window 2 and goes on in window 21. From 3 to 20 there are no calls.
        assertThat(windows.keySet()).containsExactly(0L, 1L, 2L, 21L, 22L, 23L, 24L, 25L, 26L);
        windows.keySet().removeAll(Set.of(0L, 2L, 21L));
        assertThat(windows)
                .allSatisfy((number, window) -> assertThat(window.share()).isBetween(0.97, 1.0));
    }

    /** Nobody can know of the first bursts. Soon no call of ours is refused, and the windows are used all the same. */
    @ParameterizedTest(name = "{0} ms into each window")
    @ValueSource(ints = {500, 5_000, 8_000, 9_000, 9_500})
    void what_another_app_takes_at_once_in_each_window_is_left_for_it(int burst) {
        RateSimulation scene = scene().jitter(50).slow(0.05).others(ms(burst), 666);
        Map<Long, SimulatedWindow> windows = scene.run(WINDOWS);

        windows.keySet().removeAll(Set.of(0L, 1L, 2L, 3L));
        assertThat(windows).allSatisfy((number, window) -> {
            assertThat(window.refused).as("refused").isZero();
            assertThat(window.share()).isBetween(0.97, 1.0);
        });
    }

    @Test
    void what_another_app_does_not_take_any_more_is_used_again() {
        RateSimulation scene = scene().jitter(50).othersUntil(ms(60_000), ms(9_000), 666);
        Map<Long, SimulatedWindow> windows = scene.run(WINDOWS);

        windows.keySet().removeIf(number -> number < 8);
        assertThat(windows)
                .allSatisfy((number, window) -> assertThat(window.share()).isBetween(0.97, 1.0));
    }

    static Stream<Arguments> scenes() {
        List<Arguments> all = new ArrayList<>();
        all.addAll(networks());
        all.addAll(clocks());
        all.addAll(otherApps());
        all.addAll(limits());
        return all.stream();
    }

    private static List<Arguments> networks() {
        return List.of(
                scene("quick answers", scene().latency(1, 2, 1)),
                scene("100 ms", scene()),
                scene("300 ms", scene().latency(60, 180, 60)),
                scene("jitter of 100 ms each way", scene().jitter(100)),
                scene("jitter of 250 ms each way", scene().latency(5, 30, 5).jitter(250)),
                scene("one answer in twenty takes 600 ms more", scene().slow(0.05)),
                scene("one answer in a hundred never comes", scene().lost(0.01)),
                scene(
                        "Date written after the work",
                        scene().jitter(50).slow(0.05).dateAtEnd()),
                scene("just enough callers", scene().callers(20)));
    }

    private static List<Arguments> clocks() {
        List<Arguments> all = new ArrayList<>();
        for (int skew : new int[] {-3_000, 3_000, 200, -200}) {
            for (int begins : new int[] {0, 500, 3_000, 7_000, 9_500}) {
                String name = "server %d ms ahead, begun %d ms into a window".formatted(skew, begins);
                all.add(scene(name, skewed(skew, begins)));
                all.add(scene(name + ", no Date", skewed(skew, begins).withoutDate()));
            }
        }
        return all;
    }

    private static List<Arguments> otherApps() {
        return List.of(
                scene("others at the start", scene().others(ms(0), 800)),
                scene("others in steps", inSteps(scene())),
                scene(
                        "others in steps, uneven network",
                        inSteps(scene().jitter(50).slow(0.05))),
                scene(
                        "others in steps, server 3 s behind, no Date",
                        inSteps(skewed(-3_000, 4_000).withoutDate())),
                scene(
                        "others in steps, server 3 s ahead, no Date",
                        inSteps(skewed(3_000, 4_000).withoutDate())),
                scene("others take most of it", scene().others(ms(1_000), 1_400)),
                scene("others all the time", trickling(scene().jitter(20), 4)));
    }

    private static List<Arguments> limits() {
        List<Arguments> all = new ArrayList<>();
        for (int limit : new int[] {1, 2, 5, 10, 30, 99, 166}) {
            all.add(scene("limit " + limit, skewed(0, 4_000).limit(limit)));
            all.add(scene(
                    "limit " + limit + ", 3 s behind, no Date",
                    skewed(-3_000, 4_000).limit(limit).withoutDate()));
            all.add(scene(
                    "limit " + limit + ", 3 s ahead, no Date",
                    skewed(3_000, 4_000).limit(limit).withoutDate()));
        }
        all.add(scene("a changed limit", scene().jitter(50).limit(i -> i < 3 ? 1_666 : i < 6 ? 800 : 2_500)));
        all.add(scene(
                "the limit drops to a tenth and comes back",
                scene().jitter(50).slow(0.05).limit(i -> i < 4 || i > 7 ? 1_666 : 166)));
        all.add(scene("60 s windows", minutes().begins(ms(35_000))));
        all.add(scene(
                "60 s windows, server 3 s behind", minutes().begins(ms(35_000)).skew(ms(-3_000))));
        all.add(scene("60 s windows, no Date", minutes().begins(ms(35_000)).withoutDate()));
        all.add(scene(
                "60 s windows, no Date, begun at the end",
                minutes().begins(ms(50_000)).withoutDate()));
        all.add(scene("1 s windows", scene().window(ms(1_000)).limit(100)));
        return all;
    }

    private static RateSimulation scene() {
        return new RateSimulation();
    }

    private static RateSimulation skewed(int skew, int begins) {
        return scene().skew(ms(skew)).begins(ms(begins)).jitter(20);
    }

    private static RateSimulation minutes() {
        return scene().window(Duration.ofMinutes(1)).limit(10_000);
    }

    private static RateSimulation inSteps(RateSimulation scene) {
        return scene.others(ms(2_000), 300).others(ms(5_000), 300).others(ms(7_000), 300);
    }

    private static RateSimulation trickling(RateSimulation scene, int calls) {
        for (int time = 0; time < 10_000; time += 100) {
            scene.others(ms(time), calls);
        }
        return scene;
    }

    private static Arguments scene(String name, RateSimulation scene) {
        return Arguments.of(name, scene);
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
