package com.convmerge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.convmerge.merge.Sleeper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Methods of the JDK that only a few classes may call: those for time, for output and for the end of the program. */
class ForbiddenCallsTest {
    private static final String ROOT = "com.convmerge.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("com.convmerge");

    @Test
    void only_the_sleeper_sleeps() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Sleeper.class)
                .should()
                .accessTargetWhere(call("java.lang.Thread|java.util.concurrent.TimeUnit", "sleep"))
                .because("waiting is a parameter, so that no test has to wait")
                .check(CLASSES);
    }

    @Test
    void nobody_reads_the_system_clock() {
        noClasses()
                .that(DescribedPredicate.not(nameMatching(ROOT.replace(".", "\\.") + "run\\.RunHistory")))
                .should()
                .accessTargetWhere(call("java\\.lang\\.System", "currentTimeMillis")
                        .or(call("java\\.time\\..*", "now").and(takesNoClock())))
                .because("time is a parameter; but Spring Batch's tables hold this machine's local time, as it writes"
                        + " them itself, and so does RunHistory")
                .check(CLASSES);
    }

    @Test
    void the_real_clock_is_chosen_where_the_program_is_put_together() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "cli..", ROOT + "sandbox..")
                .should()
                .accessTargetWhere(call("java\\.time\\.Clock", "system.*|tick.*")
                        .or(call("com\\.convmerge\\.merge\\.Sleeper", "REAL")
                                .and(describe("from elsewhere", access -> !access.getOriginOwner()
                                        .isEquivalentTo(Sleeper.class)))))
                .because(
                        "a class that brings its own clock cannot be tested with another; the sandbox's default can be")
                .check(CLASSES);
    }

    @Test
    void only_the_commands_print() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "cli..")
                .should()
                .accessTargetWhere(call("java\\.lang\\.System", "out|err|console"))
                .because("stdout is the command's answer and stderr its messages, one line each")
                .check(CLASSES);
    }

    @Test
    void a_command_prints_lines_through_the_terminal() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "cli..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "cli.Terminal")
                .should()
                .accessTargetWhere(call("java\\.io\\.PrintStream", "println|printf|format|append"))
                .because("a line break in what comes from outside would begin a line that looks like one of ours;"
                        + " Terminal.line, message and remark print exactly one line")
                .check(CLASSES);
    }

    @Test
    void nobody_logs_past_slf4j_or_prints_a_stack_trace() {
        noClasses()
                .should()
                .accessTargetWhere(call("java\\.util\\.logging\\..*", ".*").or(call(".*", "printStackTrace")))
                .because("a message is one line, and the operator's settings decide its destination and its level")
                .check(CLASSES);
    }

    @Test
    void only_main_ends_the_program() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "cli.ConvmergeApplication")
                .should()
                .accessTargetWhere(call("java\\.lang\\.(System|Runtime)", "exit|halt"))
                .because("an exit elsewhere would interrupt requests that have begun")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaAccess<?>> call(String owner, String name) {
        return describe(
                owner + "." + name,
                access -> access.getTargetOwner().getName().matches(owner)
                        && access.getTarget().getName().matches(name));
    }

    private static DescribedPredicate<JavaAccess<?>> takesNoClock() {
        return describe(
                "without a clock", access -> !access.getTarget().getFullName().contains(Clock.class.getName()));
    }
}
