package dev.gantry.state.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An init container that says it restarts to be resized, wherever there is a spec of pods. */
final class InitRestartTest {
    private static final String NOT_NEW = "for non-sidecar initContainers";

    @ParameterizedTest
    @CsvSource({
        "'',      pods,                   spec",
        "'',      podtemplates,           template.spec",
        "'',      replicationcontrollers, spec.template.spec",
        "apps,    deployments,            spec.template.spec",
        "apps,    replicasets,            spec.template.spec",
        "apps,    daemonsets,             spec.template.spec",
        "apps,    statefulsets,           spec.template.spec",
        "batch,   jobs,                   spec.template.spec",
        "batch,   cronjobs,               spec.jobTemplate.spec.template.spec",
    })
    void mayStayWhereItIsStoredAndDoesNotCome(String group, String plural, String path) {
        Strategy strategy =
                BuiltinKinds.CATALOG
                        .definition(new GroupResource(group, plural))
                        .orElseThrow()
                        .strategy();
        ObjectNode with = object(strategy, path, "RestartContainer");
        ObjectNode without = object(strategy, path, "NotRequired");

        assertThat(ofRestarts(strategy.validate(with.deepCopy()))).hasSize(1);
        assertThat(ofRestarts(strategy.validateUpdate(with.deepCopy(), without))).isNotEmpty();
        assertThat(ofRestarts(strategy.validateUpdate(with.deepCopy(), with))).isEmpty();
        assertThat(strategy.validateUpdate(without.deepCopy(), with))
                .allSatisfy(error -> assertThat(error.detail()).doesNotContain(NOT_NEW));
    }

    private static List<FieldError> ofRestarts(List<FieldError> errors) {
        return errors.stream().filter(each -> each.detail().contains(NOT_NEW)).toList();
    }

    private static ObjectNode object(Strategy strategy, String path, String policy) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.putObject("metadata").put("name", "o").put("namespace", "default");
        ObjectNode spec = object;
        for (String each : path.split("\\.")) {
            spec = spec.putObject(each);
        }
        spec.putArray("containers").addObject().put("name", "c").put("image", "i");
        ObjectNode init = spec.putArray("initContainers").addObject();
        init.put("name", "init").put("image", "i");
        init.putArray("resizePolicy")
                .addObject()
                .put("resourceName", "cpu")
                .put("restartPolicy", policy);
        if (object.get("spec") instanceof ObjectNode outer && !path.equals("spec")) {
            outer.putObject("selector").putObject("matchLabels").put("app", "o");
        }
        strategy.setDefaults(object);
        return object;
    }
}
