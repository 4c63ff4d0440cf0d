package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strategies and admission where they belong: behind the API. */
class KindsTest {
    private static final String CORE = "/api/v1/namespaces/shop/";
    private static final String APPS = "/apis/apps/v1/namespaces/shop/";
    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              containers: [{name: web, image: "nginx:1.27"}]
            """;
    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {}}
            spec:
              replicas: 0
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  hostNetwork: false
                  containers:
                  - name: web
                    image: nginx:1.27
                    env: []
                    livenessProbe: {httpGet: {port: 80}, initialDelaySeconds: 0}
                    resources: {requests: {cpu: 0.1}}
            """;

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    @Test
    void podOfNobodyIsForbidden() {
        Answer refused = create("pods", POD);

        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "pods \"web\" is forbidden: error looking up service account shop/default:"
                                + " serviceaccount \"default\" not found");
    }

    @Test
    void podIsCompletedAndStored() {
        account();
        Answer made = create("pods", POD);

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/metadata/generation")).isEqualTo("1");
        assertThat(made.text("/spec/serviceAccountName")).isEqualTo("default");
        assertThat(made.text("/spec/containers/0/imagePullPolicy")).isEqualTo("IfNotPresent");
        assertThat(made.text("/spec/volumes/0/name")).startsWith("kube-api-access-");
        assertThat(made.at("/spec/tolerations").size()).isEqualTo(2);
        assertThat(made.text("/spec/priority")).isEqualTo("0");
        assertThat(made.text("/status/phase")).isEqualTo("Pending");
        assertThat(made.text("/status/qosClass")).isEqualTo("BestEffort");
    }

    @Test
    void everythingWrongWithAPodIsToldAtOnce() {
        account();
        Answer refused =
                create(
                        "pods",
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: Web}
                        spec:
                          restartPolicy: Sometimes
                          containers: [{name: web, ports: [{containerPort: 99999}]}]
                        """);

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .isEqualTo(
                        "Pod \"Web\" is invalid: [metadata.name: Invalid value: \"Web\": a lowercase"
                                + " RFC 1123 subdomain must consist of lower case alphanumeric"
                                + " characters, '-' or '.', and must start and end with an"
                                + " alphanumeric character (e.g. 'example.com', regex used for"
                                + " validation is"
                                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'),"
                                + " spec.containers[0].image: Required value,"
                                + " spec.containers[0].ports[0].containerPort: Invalid value: 99999:"
                                + " must be between 1 and 65535, inclusive, spec.restartPolicy:"
                                + " Unsupported value: \"Sometimes\": supported values: \"Always\","
                                + " \"OnFailure\", \"Never\"]");
        assertThat(refused.at("/details/causes").size()).isEqualTo(4);
        assertThat(refused.text("/details/causes/1/reason")).isEqualTo("FieldValueRequired");
        assertThat(refused.text("/details/causes/1/field")).isEqualTo("spec.containers[0].image");
    }

    @Test
    void imageOfAPodChangesAndItsHostnameDoesNot() {
        account();
        create("pods", POD);

        Answer changed =
                api.patch(
                        CORE + "pods/web",
                        "strategic-merge-patch+json",
                        "{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"nginx:1.28\"}]}}");
        assertThat(changed.code()).as(changed.message()).isEqualTo(200);
        assertThat(changed.text("/metadata/generation")).isEqualTo("2");

        Answer refused =
                api.patch(
                        CORE + "pods/web",
                        "merge-patch+json",
                        "{\"spec\":{\"hostname\":\"other\"}}");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .startsWith("Pod \"web\" is invalid: spec: Forbidden: pod updates may not change");
    }

    @Test
    void writingTheSameManifestAgainChangesNothing() {
        Answer made = api.ask("POST", APPS + "deployments", DEPLOYMENT, "application/yaml");
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.at("/spec/template/spec").has("hostNetwork")).isFalse();
        assertThat(made.text("/spec/replicas")).isEqualTo("0");
        assertThat(
                        made.at("/spec/template/spec/containers/0/livenessProbe")
                                .has("initialDelaySeconds"))
                .isFalse();
        assertThat(made.text("/spec/template/spec/containers/0/resources/requests/cpu"))
                .isEqualTo("100m");

        Answer again = api.ask("PUT", APPS + "deployments/web", DEPLOYMENT, "application/yaml");

        assertThat(again.code()).as(again.message()).isEqualTo(200);
        assertThat(again.text("/metadata/generation")).isEqualTo("1");
        assertThat(again.text("/metadata/resourceVersion"))
                .isEqualTo(made.text("/metadata/resourceVersion"));
    }

    @Test
    void annotationOfADeploymentCountsItsGeneration() {
        api.ask("POST", APPS + "deployments", DEPLOYMENT, "application/yaml");
        Answer changed =
                api.patch(
                        APPS + "deployments/web",
                        "merge-patch+json",
                        "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
        assertThat(changed.text("/metadata/generation")).isEqualTo("2");
    }

    @Test
    void serviceGivesBackWhatItsNewTypeDoesNotNeed() {
        String service =
                "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"type\":\"NodePort\","
                        + "\"ports\":[{\"port\":80}]}}";
        Answer made = api.post(CORE + "services", service);
        assertThat(made.at("/spec/ports/0/nodePort").asInt()).isBetween(30000, 30009);

        Answer inside = retype("ClusterIP");
        assertThat(inside.code()).as(inside.message()).isEqualTo(200);
        assertThat(inside.at("/spec/ports/0").has("nodePort")).isFalse();
        assertThat(inside.at("/spec").has("externalTrafficPolicy")).isFalse();
        assertThat(inside.text("/spec/clusterIP")).isEqualTo(made.text("/spec/clusterIP"));

        Answer moved =
                api.patch(
                        CORE + "services/web",
                        "merge-patch+json",
                        "{\"spec\":{\"clusterIP\":\"10.96.0.77\"}}");
        assertThat(moved.code()).isEqualTo(422);
        assertThat(moved.message()).contains("may not change once set");
    }

    @Test
    void frozenConfigMapStaysAsItIs() {
        api.post(
                CORE + "configmaps",
                "{\"metadata\":{\"name\":\"c\"},\"data\":{\"a\":\"b\"},\"immutable\":true}");
        Answer refused =
                api.patch(
                        CORE + "configmaps/c", "merge-patch+json", "{\"data\":{\"a\":\"other\"}}");

        assertThat(refused.message())
                .isEqualTo(
                        "ConfigMap \"c\" is invalid: data: Forbidden: field is immutable when"
                                + " `immutable` is set");
    }

    @Test
    void secretsTextBecomesData() {
        Answer made =
                api.post(
                        CORE + "secrets",
                        "{\"metadata\":{\"name\":\"s\"},\"stringData\":{\"word\":\"open\"}}");

        assertThat(made.text("/data/word")).isEqualTo("b3Blbg==");
        assertThat(made.body().has("stringData")).isFalse();
        assertThat(made.text("/type")).isEqualTo("Opaque");
    }

    private void account() {
        api.post(CORE + "serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    }

    private Answer create(String plural, String yaml) {
        return api.ask("POST", CORE + plural, yaml, "application/yaml");
    }

    private Answer retype(String type) {
        return api.patch(
                CORE + "services/web",
                "merge-patch+json",
                "{\"spec\":{\"type\":\"" + type + "\"}}");
    }
}
