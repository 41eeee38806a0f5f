package com.convmerge.crash;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Claim;
import com.convmerge.ledger.Ledger;
import com.convmerge.merge.OperationKind;
import com.convmerge.report.ReportFiles;
import com.convmerge.requests.Requests;
import com.convmerge.requests.SurvivorNotes;
import com.convmerge.testing.PowerCut;
import com.convmerge.undo.Undos;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;

/**
 * Halts the JVM when the program passes a kill point for the n-th time. The option {@code --spring.main.sources} adds this class
 * to the real program, whose classes it instruments. {@code Runtime.halt} runs no shutdown hook and flushes nothing, as a kill
 * does.
 */
@Configuration(proxyBeanMethods = false)
public class KillPoints {
    static final String POINT = "crash.kill.point";
    static final String AT = "crash.kill.at";
    static final int STATUS = 137;

    private static final @Nullable KillPoint CHOSEN =
            System.getProperty(POINT) == null ? null : KillPoint.valueOf(System.getProperty(POINT));
    private static final AtomicInteger LEFT = new AtomicInteger(Integer.getInteger(AT, 1));

    static {
        PowerCut.register();
        if (CHOSEN != null) {
            instrument();
        }
    }

    private static void instrument() {
        ByteBuddyAgent.install();
        watch(Ledger.class, named("claim"));
        watch(IntercomClient.class, namedOneOf("note", "tag", "close", "untag", "open", "mergeNative"));
        watch(Requests.class, namedOneOf("merged", "undone"));
        watch(SurvivorNotes.class, named("assign"));
        watch(Undos.class, named("assign"));
        watch(ReportFiles.class, named("write"));
    }

    private static void watch(Class<?> type, ElementMatcher<? super MethodDescription> methods) {
        new ByteBuddy()
                .redefine(type)
                .visit(Advice.to(Watch.class).on(methods))
                .make()
                .load(type.getClassLoader(), ClassReloadingStrategy.fromInstalledAgent());
    }

    /** Byte Buddy copies the code of these methods into the watched methods. */
    public static final class Watch {
        private Watch() {}

        @Advice.OnMethodEnter
        public static void before(@Advice.Origin("#m") String method, @Advice.AllArguments Object[] arguments) {
            KillPoints.pass(KillPoints.pointBefore(method, arguments));
        }

        @Advice.OnMethodExit
        public static void after(@Advice.Origin("#m") String method, @Advice.AllArguments Object[] arguments) {
            KillPoints.pass(KillPoints.pointAfter(method, arguments));
        }
    }

    public static @Nullable KillPoint pointBefore(String method, Object[] arguments) {
        return switch (method) {
            case "claim" -> KillPoint.BEFORE_CLAIM;
            case "write" -> KillPoint.IN_REPORT;
            case "assign" -> KillPoint.IN_SURVIVOR_CLAIM;
            default -> null;
        };
    }

    public static @Nullable KillPoint pointAfter(String method, Object[] arguments) {
        return switch (method) {
            case "claim" -> pointAfterClaim(((Claim) arguments[1]).kind());
            case "note" -> isOnSurvivor(arguments) ? KillPoint.IN_NOTIFY : KillPoint.AFTER_NOTE;
            case "tag" -> KillPoint.AFTER_TAG;
            case "close" -> KillPoint.AFTER_CLOSE;
            case "mergeNative" -> KillPoint.AFTER_MERGE;
            case "untag" -> KillPoint.AFTER_UNTAG;
            case "open" -> KillPoint.AFTER_OPEN;
            case "merged", "undone" -> KillPoint.BEFORE_CHUNK_COMMIT;
            default -> null;
        };
    }

    private static @Nullable KillPoint pointAfterClaim(OperationKind kind) {
        return switch (kind) {
            case NOTE, UNDO_NOTE -> KillPoint.AFTER_CLAIM;
            case TAG, UNTAG -> KillPoint.BETWEEN_OPERATIONS;
            case MERGE_NATIVE -> KillPoint.AFTER_MERGE_CLAIM;
            case SURVIVOR_NOTE, UNDO_SURVIVOR_NOTE -> KillPoint.AFTER_SURVIVOR_CLAIM;
            default -> null;
        };
    }

    private static boolean isOnSurvivor(Object[] arguments) {
        return arguments[0].toString().startsWith(CrashNight.SURVIVOR_PREFIX);
    }

    public static void pass(@Nullable KillPoint passed) {
        if (passed != null && passed == CHOSEN && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
