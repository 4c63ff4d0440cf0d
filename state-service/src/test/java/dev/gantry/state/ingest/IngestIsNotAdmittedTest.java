package dev.gantry.state.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/**
 * What comes in over Kafka is checked by its deciders and by nothing else; see {@code
 * docs/decisions/0027}. What these check is told by the tests beside this one.
 */
class IngestIsNotAdmittedTest {
    @Test
    void noDeciderKnowsAdmission() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.gantry.state.ingest..", "dev.gantry.state.shell.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.gantry.state.admission..", "dev.gantry.state.registry..")
                .check(new ClassFileImporter().importPackages("dev.gantry.state"));
    }
}
