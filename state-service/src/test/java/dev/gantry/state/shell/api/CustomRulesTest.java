package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.kind.custom.Definitions;
import dev.gantry.state.shell.api.TestApi.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the rules of a schema say to writes, in the words of Kubernetes v1.36. */
class CustomRulesTest {
    private static final Kind THING = Kind.namespaced("example.com", "v1", "Thing", "things");
    private static final String THINGS = "/apis/example.com/v1/namespaces/shop/things";
    private static final String SCHEMA =
            """
            type: object
            properties:
              spec:
                type: object
                properties:
                  a: {type: integer}
                  b: {type: string, maxLength: 10}
                  n: {type: integer}
                  m: {type: array, maxItems: 10, items: {type: string, maxLength: 10}}
                  k:
                    type: array
                    maxItems: 5
                    x-kubernetes-list-type: map
                    x-kubernetes-list-map-keys: [id]
                    items:
                      type: object
                      required: [id]
                      properties:
                        id: {type: string, maxLength: 5}
                        v: {type: integer, x-kubernetes-validations: [{rule: self >= oldSelf}]}
                x-kubernetes-validations:
                  - {rule: self.a > 1, message: a too small}
                  - {rule: self.a < 10}
                  - rule: "!has(self.b) || !has(oldSelf.b) || self.b == oldSelf.b"
                    fieldPath: .b
                    reason: FieldValueForbidden
                    message: b immutable
                  - {rule: self.a != 5, messageExpression: "'b is ' + self.b"}
                  - {rule: self.a != 6, reason: FieldValueRequired}
                  - {rule: self.a != 7, reason: FieldValueDuplicate, message: dup}
                  - {rule: self.a != 8 || 1 / (self.a - 8) == 1}
                  - rule: "oldSelf.hasValue() ? self.a >= oldSelf.value().a : true"
                    optionalOldSelf: true
                    message: shrinks
                  - {rule: "!has(self.n) || self.m.size() > self.n"}
            """;

    private static final String OPEN =
            """
            type: object
            properties:
              spec:
                type: object
                properties:
                  a: {type: string}
                  b: {type: integer}
            """;

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        api.catalog.put(Definitions.of(THING, new YAMLMapper().readTree(SCHEMA), false));
    }

    private Answer post(String spec) {
        return api.post(
                THINGS,
                "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"a\"},\"spec\":{%s}}"
                        .formatted(spec));
    }

    private Answer patch(String spec) {
        return api.patch(THINGS + "/a", "merge-patch+json", "{\"spec\":{%s}}".formatted(spec));
    }

    private static String why(String errors) {
        return "Thing.example.com \"a\" is invalid: " + errors;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "\"a\":1 # spec: Invalid value: a too small",
                "\"a\":10 # spec: Invalid value: failed rule: self.a < 10",
                "\"a\":5 # spec: Invalid value: failed rule: self.a != 5",
                "\"a\":5,\"b\":\"x\" # spec: Invalid value: b is x",
                "\"a\":6 # spec: Required value: failed rule: self.a != 6",
                "\"a\":7 # spec: Duplicate value",
                "\"a\":8 # spec: Invalid value: \"object\": division by zero evaluating rule:"
                        + " self.a != 8 || 1 / (self.a - 8) == 1",
                "\"a\":3,\"n\":1 # spec: Invalid value: \"object\": no such key: m evaluating rule:"
                        + " !has(self.n) || self.m.size() > self.n",
                "\"a\":\"x\" # [spec.a: Invalid value: \"string\": spec.a in body must be of type"
                        + " integer: \"string\", <nil>: Invalid value: null: some validation rules"
                        + " were not checked because the object was invalid; correct the existing"
                        + " errors to complete validation]",
            })
    void whatBreaksARuleIsInvalid(String spec, String errors) {
        Answer refused = post(spec);
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message()).isEqualTo(why(errors));
    }

    @Test
    void changesAreHeldToWhatWasThere() {
        Answer made = post("\"a\":3,\"b\":\"x\",\"k\":[{\"id\":\"i\",\"v\":3}]");
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(patch("\"b\":\"y\"").message()).isEqualTo(why("spec.b: Forbidden: b immutable"));
        assertThat(patch("\"a\":2").message()).isEqualTo(why("spec: Invalid value: shrinks"));
        assertThat(patch("\"k\":[{\"id\":\"i\",\"v\":2}]").message())
                .isEqualTo(why("spec.k[0].v: Invalid value: 2: failed rule: self >= oldSelf"));
        assertThat(patch("\"k\":[{\"id\":\"j\",\"v\":2}]").code()).isEqualTo(200);
    }

    /** A schema may become stricter while objects are stored: what they do not change stays. */
    @Test
    void whatStaysAsItWasIsNotJudgedAgain() {
        api.catalog.put(Definitions.of(THING, new YAMLMapper().readTree(OPEN), false));
        post("\"a\":\"long\",\"b\":1");
        api.catalog.put(
                Definitions.of(
                        THING,
                        new YAMLMapper()
                                .readTree(
                                        OPEN.replace(
                                                "{type: string}", "{type: string, maxLength: 2}")),
                        false));
        assertThat(patch("\"b\":2").code()).isEqualTo(200);
        assertThat(patch("\"a\":\"other\"").message())
                .isEqualTo(why("spec.a: Too long: may not be more than 2 bytes"));
    }
}
