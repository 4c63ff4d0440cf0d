package dev.gantry.state.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The sentences are those of a v1.36 API server. */
class TypedCheckTest {
    private static List<String> errors(String apiVersion, String kind, String json) {
        return TypedCheck.errors(
                JsonMapper.shared().readTree(json.replace('\'', '"')),
                Schema.builtin().of(GroupVersionKind.of(apiVersion, kind)).orElseThrow());
    }

    private static List<String> ofMap(String json) {
        return errors("v1", "ConfigMap", json);
    }

    private static List<String> ofContainers(String json) {
        return errors(
                "apps/v1",
                "Deployment",
                "{'spec':{'template':{'spec':{'containers':" + json + "}}}}");
    }

    @Test
    void eachKindOfValueHasWordsOfItsOwn() {
        assertThat(ofMap("{'data':{'a':1,'b':true,'c':{},'d':[1],'e':null,'f':1.5}}"))
                .containsExactly(
                        ".data.a: expected string, got &value.valueUnstructured{Value:1}",
                        ".data.b: expected string, got &value.valueUnstructured{Value:true}",
                        ".data.c: expected string, got &value.valueUnstructured{Value:map[string]interface {}{}}",
                        ".data.d: expected string, got &value.valueUnstructured{Value:[]interface {}{1}}",
                        ".data.f: expected string, got &value.valueUnstructured{Value:1.5}");
        assertThat(ofMap("{'data':[],'immutable':'x'}"))
                .containsExactly(
                        ".data: expected map, got &{[]}", ".immutable: expected boolean, got &{x}");
        assertThat(errors("apps/v1", "Deployment", "{'spec':{'replicas':'x'}}"))
                .containsExactly(".spec.replicas: expected numeric (int or float), got string");
        assertThat(ofContainers("{}"))
                .containsExactly(".spec.template.spec.containers: expected list, got &{map[]}");
        assertThat(ofContainers("[{'name':'a','resources':{'limits':{'cpu':{}}}}]"))
                .containsExactly(
                        ".spec.template.spec.containers[name=\"a\"].resources.limits.cpu: expected any scalar, got &{map[]}");
    }

    @Test
    void itemsAreToldByTheirKeys() {
        assertThat(ofContainers("[{'name':'a','ports':[{'containerPort':'x'}]}]"))
                .containsExactly(
                        ".spec.template.spec.containers[name=\"a\"].ports[containerPort=\"x\",protocol=\"TCP\"].containerPort:"
                                + " expected numeric (int or float), got string");
        assertThat(ofContainers("[{'name':'a'},{'name':'a'}]"))
                .containsExactly(
                        ".spec.template.spec.containers: duplicate entries for key [name=\"a\"]");
        assertThat(ofContainers("[1]"))
                .containsExactly(
                        ".spec.template.spec.containers: element 0: associative list with keys may not have non-map elements");
    }

    @Test
    void aFieldThatIsNotDeclaredEndsTheLookAtItsObject() {
        assertThat(ofMap("{'metadata':{'name':1},'odd':1,'data':{'a':1}}"))
                .containsExactly(
                        ".metadata.name: expected string, got &value.valueUnstructured{Value:1}",
                        ".odd: field not declared in schema");
    }
}
