package dev.gantry.state.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class WrittenFormTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void zerosThatMeanNothingAreDropped() {
        ObjectNode pod =
                yaml(
                        """
                        metadata: {name: web, labels: {}, annotations: {a: ""}}
                        spec:
                          hostNetwork: false
                          nodeName: ""
                          automountServiceAccountToken: false
                          volumes: [{name: data, emptyDir: {}}]
                          tolerations: []
                          containers:
                          - name: web
                            stdin: false
                            resources: {}
                            env: [{name: A, value: ""}]
                            livenessProbe: {initialDelaySeconds: 0, terminationGracePeriodSeconds: 0}
                        """);
        WrittenForm.complete(pod, typeOf(Kinds.POD));
        assertThat(pod)
                .isEqualTo(
                        yaml(
                                """
                                metadata: {name: web, annotations: {a: ""}}
                                spec:
                                  automountServiceAccountToken: false
                                  volumes: [{name: data, emptyDir: {}}]
                                  containers:
                                  - name: web
                                    resources: {}
                                    env: [{name: A}]
                                    livenessProbe: {terminationGracePeriodSeconds: 0}
                                status: {}
                                """));
    }

    @Test
    void ofTheExtensionKindsTooNoZeroIsKeptThatMeansNothing() {
        ObjectNode service =
                yaml("{metadata: {name: a}, spec: {version: v1, insecureSkipTLSVerify: false}}");
        WrittenForm.complete(service, typeOf(Kinds.API_SERVICE));
        assertThat(service.path("spec").has("insecureSkipTLSVerify")).isFalse();

        ObjectNode definition = yaml("spec: {versions: [{name: v1, deprecated: false}]}");
        WrittenForm.complete(definition, typeOf(Kinds.CUSTOM_RESOURCE_DEFINITION));
        assertThat(definition.at("/spec/versions/0").has("deprecated")).isFalse();
    }

    @Test
    void zerosThatMeanSomethingStay() {
        String text =
                """
                metadata: {name: web}
                spec:
                  replicas: 0
                  revisionHistoryLimit: 0
                  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}
                  selector: {matchLabels: {a: b}}
                  template: {metadata: {}, spec: {containers: null}}
                status: {}
                """;
        ObjectNode deployment = yaml(text);
        WrittenForm.complete(deployment, typeOf(Kinds.DEPLOYMENT));
        assertThat(deployment).isEqualTo(yaml(text));
    }

    @Test
    void whatRulesTellFromNoneIsEmptyUntilItIsStored() {
        String text =
                """
                metadata: {name: web}
                spec:
                  scaleTargetRef: {kind: Deployment, name: web}
                  maxReplicas: 3
                  behavior: {scaleUp: {policies: []}}
                status: {currentReplicas: 0, desiredReplicas: 0, conditions: null, currentMetrics: null}
                """;
        ObjectNode scaler = yaml(text);
        WrittenForm.complete(scaler, typeOf(Kinds.HORIZONTAL_POD_AUTOSCALER));
        assertThat(scaler.at("/spec/behavior/scaleUp/policies").isArray()).isTrue();
        ObjectNode shown = scaler.deepCopy();
        WrittenForm.show(shown, typeOf(Kinds.HORIZONTAL_POD_AUTOSCALER));
        assertThat(shown.at("/spec/behavior/scaleUp").isEmpty()).isTrue();

        WrittenForm.store(scaler, typeOf(Kinds.HORIZONTAL_POD_AUTOSCALER));
        assertThat(scaler.at("/spec/behavior/scaleUp").isEmpty()).isTrue();
    }

    @Test
    void whatIsAlwaysWrittenIsThere() {
        ObjectNode pod =
                yaml(
                        """
                        metadata: {name: web}
                        spec: {containers: [{name: web}]}
                        status: {conditions: [{type: Ready, status: "True"}]}
                        """);
        ObjectNode role = yaml("{metadata: {name: none}, rules: []}");

        WrittenForm.complete(pod, typeOf(Kinds.POD));
        WrittenForm.store(role, typeOf(Kinds.ROLE));

        assertThat(pod)
                .isEqualTo(
                        yaml(
                                """
                                metadata: {name: web}
                                spec: {containers: [{name: web, resources: {}}]}
                                status:
                                  conditions:
                                  - {type: Ready, status: "True", lastProbeTime: null, lastTransitionTime: null}
                                """));
        assertThat(role).isEqualTo(yaml("{metadata: {name: none}, rules: null}"));
    }

    @Test
    void whatIsCompleteStaysAsItIs() {
        for (Kind kind : Kinds.ALL) {
            StructType type = typeOf(kind);
            ObjectNode once = new RandomObjects(1).of(GroupVersionKind.of(kind), type);
            WrittenForm.store(once, type);
            ObjectNode again = once.deepCopy();
            WrittenForm.complete(again, type);
            assertThat(again).as("%s", kind).isEqualTo(once);
        }
    }

    private static ObjectNode yaml(String text) {
        return (ObjectNode) YAML.readTree(text);
    }

    private static StructType typeOf(Kind kind) {
        return Schema.builtin().of(GroupVersionKind.of(kind)).orElseThrow();
    }
}
