package dev.gantry.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.gantry.testkit.tidy.SourceFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * How the parts of a module may depend on each other. A module's test class implements this and
 * adds nothing; the rules have no exceptions, only generated sources are left out.
 */
public interface ArchitectureRules {
    String SHELL = "..shell..";
    List<String> SERVICES =
            List.of("state", "gateway", "scheduler", "controller", "monitoring", "agent");

    /** The folder of the module, not to be overridden but to judge a neighbour. */
    default Path module() {
        return SourceFolder.currentModule();
    }

    @Test
    default void nothingOutsideTheShellDependsOnTheWorld() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(SHELL)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.springframework..",
                                "org.apache.kafka..",
                                "java.sql..",
                                "javax.sql..",
                                "jakarta.persistence..",
                                "java.net..",
                                "java.nio.channels..",
                                "java.util.concurrent..")
                        .because("decisions are values; only a shell touches the world"));
    }

    @Test
    default void nothingOutsideTheShellReadsClocksOrChance() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(SHELL)
                        .should()
                        .callCodeUnitWhere(new IsAmbient())
                        .because("time, chance and identity are arguments"));
    }

    @Test
    default void theCoreDoesNotKnowTheShell() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(SHELL)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.gantry..shell..")
                        .because("dependencies go from the shell to the core"));
    }

    @Test
    default void adaptersHaveNoCycles() {
        check(slices().matching("dev.gantry.*.shell.(*)..").should().beFreeOfCycles());
    }

    @Test
    default void packagesOfTheCoreHaveNoCycles() {
        JavaClasses core =
                written()
                        .that(
                                DescribedPredicate.describe(
                                        "in the core",
                                        type ->
                                                !(type.getPackageName() + ".")
                                                        .contains(".shell.")));
        slices().matching("dev.gantry.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(core);
    }

    @Test
    default void servicesDoNotImportEachOther() {
        for (String service : SERVICES) {
            String[] others =
                    SERVICES.stream()
                            .filter(each -> !each.equals(service))
                            .map(each -> "dev.gantry." + each + "..")
                            .toArray(String[]::new);
            check(
                    noClasses()
                            .that()
                            .resideInAPackage("dev.gantry." + service + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(others)
                            .because("services share cluster/ only"));
        }
    }

    private void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(written());
    }

    private JavaClasses written() {
        return WrittenClasses.of(module());
    }

    /** Calls whose answer depends on when, where or how often they are made. */
    final class IsAmbient extends DescribedPredicate<JavaCall<?>> {
        private static final Set<String> CALLS =
                Set.of(
                        "java.util.UUID.randomUUID",
                        "java.lang.System.currentTimeMillis",
                        "java.lang.System.nanoTime",
                        "java.lang.System.getenv",
                        "java.lang.Math.random",
                        "java.lang.Thread.sleep",
                        "java.lang.Thread.start",
                        "java.util.Random.<init>",
                        "java.security.SecureRandom.<init>");

        IsAmbient() {
            super("a call that reads a clock, chance or the environment");
        }

        @Override
        public boolean test(JavaCall<?> call) {
            String owner = call.getTargetOwner().getName();
            String name = call.getTarget().getName();
            if (owner.equals("java.util.Random") && name.equals("<init>")) {
                return call.getTarget().getRawParameterTypes().isEmpty();
            }
            boolean readsClock =
                    owner.startsWith("java.time.")
                            && (name.equals("now")
                                    || owner.equals("java.time.Clock")
                                            && (name.startsWith("system")
                                                    || name.startsWith("tick")));
            boolean touchesFiles =
                    owner.equals("java.nio.file.Files")
                            || owner.startsWith("java.io.File")
                            || owner.equals("java.io.RandomAccessFile");
            return readsClock || touchesFiles || CALLS.contains(owner + "." + name);
        }
    }
}
