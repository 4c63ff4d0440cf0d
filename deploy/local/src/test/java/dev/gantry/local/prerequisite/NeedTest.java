package dev.gantry.local.prerequisite;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.gantry.agent.network.CniConfig;
import dev.gantry.local.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class NeedTest {
    static final List<Need> NEEDS = Need.OF_TESTS;

    private static final String PACKAGE = "dev.gantry.local.prerequisite";
    private static final DescribedPredicate<JavaClass> FROM_SOURCE =
            DescribedPredicate.describe(
                    "are run from source",
                    each ->
                            each.getPackageName().equals(PACKAGE)
                                            && !each.getSimpleName().equals("package-info")
                                    || each.getName().startsWith(Command.class.getName()));

    @TempDir Path folder;

    @ParameterizedTest
    @FieldSource("NEEDS")
    void isMetByAllThatItNames(Need need) throws Exception {
        var machine = new MadeUpRoot(folder);
        for (Thing each : need.things()) {
            machine.put(each);
        }
        assertThat(need.lacking(machine.root())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("NEEDS")
    void lacksEachThingThatIsNotThere(Need need) throws Exception {
        assertThat(need.lacking(new MadeUpRoot(folder).root())).hasSameSizeAs(need.things());
        for (Thing missing : need.things()) {
            var machine = new MadeUpRoot(Files.createTempDirectory(folder, "root"));
            for (Thing each : need.things()) {
                if (!each.equals(missing)) {
                    machine.put(each);
                }
            }
            assertThat(need.lacking(machine.root()))
                    .containsExactly(missing.lacking(machine.root()));
        }
    }

    @ParameterizedTest
    @FieldSource("NEEDS")
    void isNotMetByNamesakes(Need need) throws Exception {
        var machine = new MadeUpRoot(folder);
        for (Thing each : need.things()) {
            machine.putNamesakes(each);
        }
        assertThat(need.lacking(machine.root())).hasSameSizeAs(need.things());
    }

    @Test
    void namesEveryPluginOfTheAgentsChain() {
        JsonNode chain =
                JsonMapper.shared()
                        .readTree(CniConfig.text(List.of("10.0.0.0/24"), "/leases"))
                        .path("plugins");
        List<Thing> used =
                chain.valueStream()
                        .flatMap(each -> Stream.of(each.path("type"), each.at("/ipam/type")))
                        .filter(JsonNode::isString)
                        .map(each -> (Thing) new Thing.File("/usr/lib/cni/" + each.asString()))
                        .toList();
        assertThat(used).hasSizeGreaterThan(2);
        assertThat(Need.ALL.stream().flatMap(need -> need.things().stream())).containsAll(used);
    }

    /** Else the script could not run it from source before Maven has fetched anything. */
    @Test
    void whatPreparesAMachineNeedsNothingButTheJdk() {
        var classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(PACKAGE, Command.class.getPackageName());
        ArchRuleDefinition.classes()
                .that(FROM_SOURCE)
                .should()
                .onlyDependOnClassesThat(
                        FROM_SOURCE.or(JavaClass.Predicates.resideInAPackage("java..")))
                .check(classes);
    }
}
