package dev.gantry.state.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.refusal.FieldError;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class MetadataRulesTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void acceptsPlainMetadata() {
        assertThat(created("{name: a, namespace: b, labels: {x/y: z}, finalizers: [a/b]}"))
                .isEmpty();
    }

    @Test
    void asksForNameAndNamespace() {
        assertThat(created("{}"))
                .containsExactly(
                        "metadata.name: Required value: name or generateName is required",
                        "metadata.namespace: Required value");
    }

    @Test
    void checksPrefixesAsIfTheyWereCompleted() {
        assertThat(created("{name: a-x, generateName: a-, namespace: b}")).isEmpty();
        assertThat(created("{name: a-x, generateName: AB-, namespace: b}")).hasSize(1);
    }

    @Test
    void clusterScopedObjectsHaveNoNamespace() {
        List<FieldError> errors =
                MetadataRules.validate(
                        yaml("metadata: {name: a, namespace: b}"), false, Names::dnsSubdomain);
        assertThat(errors)
                .extracting(FieldError::toString)
                .containsExactly("metadata.namespace: Forbidden: not allowed on this type");
    }

    @Test
    void ofManyErrorsTheFirstAreReportedAndThatThereAreMore() {
        String owner = "{apiVersion: v1, kind: P, name: n, uid: u, controller: true}";
        String owners = String.join(", ", java.util.Collections.nCopies(500, owner));

        List<String> errors = created("{name: a, namespace: b, ownerReferences: [" + owners + "]}");

        assertThat(errors).hasSize(101);
        assertThat(errors.getFirst())
                .startsWith("metadata.ownerReferences: Invalid value: [{")
                .hasSizeLessThan(9_000);
        assertThat(errors.getLast())
                .isEqualTo("metadata.ownerReferences: Too many errors: the others are not shown");
    }

    @Test
    void reportsEverythingAtOnce() {
        String metadata =
                """
                name: a
                namespace: b
                generation: -1
                labels: {"a b": "c d"}
                annotations: {"A/B/C": x}
                ownerReferences:
                - {apiVersion: v1, kind: Event, name: e, uid: u, controller: true}
                - {apiVersion: apps/, kind: "", name: "", uid: "", controller: true}
                finalizers: [mine, orphan, foregroundDeletion]
                managedFields: [{operation: Do, fieldsType: FieldsV2}]
                """;
        assertThat(created(metadata))
                .satisfiesExactly(
                        each ->
                                assertThat(each)
                                        .startsWith("metadata.generation: Invalid value: -1"),
                        each ->
                                assertThat(each)
                                        .startsWith("metadata.labels: Invalid value: \"a b\""),
                        each ->
                                assertThat(each)
                                        .startsWith("metadata.labels: Invalid value: \"c d\""),
                        each ->
                                assertThat(each)
                                        .startsWith(
                                                "metadata.annotations: Invalid value: \"A/B/C\""),
                        each ->
                                assertThat(each)
                                        .startsWith("metadata.ownerReferences: Invalid value: {")
                                        .endsWith("Kind=Event is disallowed from being an owner"),
                        each ->
                                assertThat(each)
                                        .isEqualTo(
                                                "metadata.ownerReferences.apiVersion: Invalid value:"
                                                        + " \"apps/\": version must not be empty"),
                        each ->
                                assertThat(each)
                                        .contains("kind: Invalid value: \"\": must not be empty"),
                        each ->
                                assertThat(each)
                                        .contains("name: Invalid value: \"\": must not be empty"),
                        each ->
                                assertThat(each)
                                        .contains("uid: Invalid value: \"\": must not be empty"),
                        each -> assertThat(each).contains("Only one reference can have Controller"),
                        each -> assertThat(each).contains("cannot be both set"),
                        each -> assertThat(each).contains("must be `Apply` or `Update`"),
                        each -> assertThat(each).contains("must be `FieldsV1`"),
                        each ->
                                assertThat(each)
                                        .startsWith(
                                                "metadata.finalizers[0]: Invalid value: \"mine\""));
    }

    @Test
    void boundsTheSizeOfAnnotations() {
        String long1 = "x".repeat(200_000);
        assertThat(
                        created(
                                "{name: a, namespace: b, annotations: {a: "
                                        + long1
                                        + ", b: "
                                        + long1
                                        + "}}"))
                .containsExactly(
                        "metadata.annotations: Too long: may not be more than 262144 bytes");
    }

    @Test
    void identityDoesNotChange() {
        assertThat(
                        updated(
                                "{name: b, namespace: n, uid: v, resourceVersion: '1'}",
                                "{name: a, namespace: n, uid: u, generation: 2}"))
                .containsExactly(
                        "metadata.generation: Invalid value: 0: must not be decremented",
                        "metadata.name: Invalid value: \"b\": field is immutable",
                        "metadata.uid: Invalid value: \"v\": field is immutable");
    }

    @Test
    void finalizersThatAnUpdateAddsAreQualifiedNames() {
        assertThat(
                        updated(
                                "{name: a, finalizers: [a/b, 'c d/e'], resourceVersion: '1'}",
                                "{name: a, finalizers: [a/b]}"))
                .hasSize(1)
                .allSatisfy(
                        each ->
                                assertThat(each)
                                        .startsWith(
                                                "metadata.finalizers: Invalid value: \"c d/e\":"
                                                        + " prefix part"));
    }

    @Test
    void noFinalizerIsAddedOnceItIsBeingDeleted() {
        String deleted = "{name: a, deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: [a/b]}";
        assertThat(
                        updated(
                                "{name: a, deletionTimestamp: '2026-01-01T00:00:00Z',"
                                        + " finalizers: [a/b, c/d], resourceVersion: '1'}",
                                deleted))
                .containsExactly(
                        "metadata.finalizers: Forbidden: no new finalizers can be added if the"
                                + " object is being deleted, found new finalizers []string{\"c/d\"}");
    }

    private static List<String> created(String metadata) {
        ObjectNode object = yaml("{}");
        object.set("metadata", YAML.readTree(metadata));
        return Stream.concat(
                        MetadataRules.validate(object, true, Names::dnsSubdomain).stream(),
                        MetadataRules.validateFinalizers(object).stream())
                .map(FieldError::toString)
                .toList();
    }

    private static List<String> updated(String metadata, String before) {
        return MetadataRules.validateUpdate(
                        yaml("metadata: " + metadata), yaml("metadata: " + before))
                .stream()
                .map(FieldError::toString)
                .toList();
    }

    private static ObjectNode yaml(String text) {
        return (ObjectNode) YAML.readTree(text);
    }
}
