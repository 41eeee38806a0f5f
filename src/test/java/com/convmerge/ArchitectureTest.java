package com.convmerge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.convmerge.intercom.IntercomClient;
import com.convmerge.intercom.WritesToIntercom;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages of the program, which of them may depend on which, and what only one of them may do. */
class ArchitectureTest {
    private static final String ROOT = "com.convmerge.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("com.convmerge");

    /** The packages of the program on which each package may depend, besides itself. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("merge", List.of()),
            Map.entry("database", List.of("merge")),
            Map.entry("settings", List.of("merge")),
            Map.entry("requests", List.of("merge", "database")),
            Map.entry("importing", List.of("merge", "database", "settings", "requests", "ledger", "retries")),
            Map.entry("ledger", List.of("merge", "database")),
            Map.entry("retries", List.of("merge", "database", "settings", "requests")),
            Map.entry("undo", List.of("merge", "requests")),
            Map.entry("intercom", List.of("merge", "settings")),
            Map.entry("apply", List.of("merge", "settings", "ledger", "intercom")),
            Map.entry("report", List.of("merge", "settings", "ledger", "retries")),
            Map.entry(
                    "batch",
                    List.of(
                            "merge",
                            "database",
                            "settings",
                            "requests",
                            "retries",
                            "undo",
                            "ledger",
                            "intercom",
                            "apply",
                            "report")),
            Map.entry("run", List.of("merge", "database", "requests", "undo", "intercom", "apply", "batch", "report")),
            Map.entry(
                    "preview",
                    List.of("merge", "settings", "requests", "retries", "undo", "ledger", "intercom", "apply")),
            Map.entry("sandbox", List.of()),
            Map.entry("cli", List.of("merge", "run", "preview", "report", "importing", "retries", "undo", "sandbox")));

    static Stream<String> packages() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_uses_only_those_below_it(String name) {
        String[] hidden = MAY_USE.keySet().stream()
                .filter(other -> !other.equals(name) && !MAY_USE.get(name).contains(other))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> hiddenClasses = resideInAnyPackage(hidden);
        if (name.equals("cli")) {
            // The command line assembles the program, so it may use the configuration class of each package.
            hiddenClasses = hiddenClasses.and(DescribedPredicate.not(nameMatching(".*\\.[A-Z][a-z]+Configuration")));
        }
        noClasses()
                .that(resideInAPackage(ROOT + name + ".."))
                .should()
                .dependOnClassesThat(hiddenClasses)
                .because("changes in a package that it does not use cannot break it: " + name + " may use "
                        + MAY_USE.get(name))
                .check(CLASSES);
    }

    @Test
    void every_class_is_in_one_of_the_known_packages() {
        classes()
                .should()
                .resideInAnyPackage(packages().map(name -> ROOT + name).toArray(String[]::new))
                .because("the dependencies of a new package are decided first, in the design and here")
                .check(CLASSES);
    }

    @Test
    void every_package_says_that_null_is_the_exception() {
        classes()
                .should(beInNullMarkedPackage())
                .because("NullAway only checks packages whose package-info is @NullMarked")
                .check(CLASSES);
    }

    @Test
    void only_intercom_and_the_sandbox_speak_http() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "intercom..", ROOT + "sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "okio..", "mockwebserver3..", "java.net.http..")
                .because(
                        "a call that bypasses the rate limit and the protection against resending could write a note twice")
                .check(CLASSES);
    }

    @Test
    void only_batch_knows_the_chunks_of_spring_batch_and_only_run_its_executions() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "batch..", ROOT + "run..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.batch..")
                .because("what is done to conversations must be right under any scheduler")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "run..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.batch.infrastructure..",
                        "org.springframework.batch.core.step.item..",
                        "org.springframework.batch.core.step.builder..",
                        "org.springframework.batch.core.step.skip..",
                        "org.springframework.batch.core.partition..")
                .because("a run is launched without knowing how its steps work")
                .check(CLASSES);
    }

    @Test
    void only_apply_calls_what_writes_to_intercom() {
        Set<String> writing = Arrays.stream(IntercomClient.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(java.lang.reflect.Method::getName)
                .filter(name -> !READING.contains(name))
                .collect(Collectors.toUnmodifiableSet());
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "apply..")
                .should()
                .accessTargetWhere(describe(
                        "a method that writes to Intercom",
                        access -> access.getTargetOwner().isAssignableTo(IntercomClient.class)
                                && writing.contains(access.getTarget().getName())))
                .because("every write must go through the ledger, which records what was sent before")
                .check(CLASSES);
    }

    private static final Set<String> READING = Set.of("me", "read", "whereIs", "searchSnoozed");

    @Test
    void a_method_of_the_port_reads_or_is_marked_as_writing() {
        methods()
                .that()
                .areDeclaredIn(IntercomClient.class)
                .and()
                .arePublic()
                .and(describe("do not read", method -> !READING.contains(method.getName())))
                .should()
                .beAnnotatedWith(WritesToIntercom.class)
                .because("readers of the code, and the rule above, must see which calls change something")
                .check(CLASSES);
    }

    @Test
    void names_say_what_a_class_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Service)")
                .because("such a name says nothing that an operator or a reader would ask for")
                .check(CLASSES);
    }

    private static ArchCondition<JavaClass> beInNullMarkedPackage() {
        return new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            item, item.getPackageName() + " has no package-info with @NullMarked: " + item.getName()));
                }
            }
        };
    }
}
