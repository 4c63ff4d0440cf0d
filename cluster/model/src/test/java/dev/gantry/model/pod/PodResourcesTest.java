package dev.gantry.model.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PodResourcesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "containers run together | {'containers':[{C:1},{C:2}]} | {cpu=3}",
                "init containers run one by one | {'containers':[{C:1}],'initContainers':[{C:5},{C:4}]}"
                        + " | {cpu=5}",
                "a sidecar runs with those after it |"
                        + " {'containers':[{C:1}],'initContainers':[{C:4},{C:2,S},{C:3}]} | {cpu=5}",
                "sidecars count with the containers |"
                        + " {'containers':[{C:3}],'initContainers':[{C:2,S},{C:1}]} | {cpu=5}",
                "the pod's own word counts | {'containers':[{C:1}],'resources':{'requests':{'cpu':'7'}}}"
                        + " | {cpu=7}",
                "overhead comes on top | {'containers':[{C:1}],'overhead':{'cpu':'250m','memory':'1Mi'}}"
                        + " | {cpu=1250m, memory=1Mi}",
                "nothing asked is nothing | {'containers':[{}]} | {}",
            })
    void requestsAreWhatIsNeededAtMost(String why, String spec, String expected) {
        assertThat(PodResources.requests(read(spec)).toString()).as(why).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "limits are summed | {'containers':[{L:1},{L:2}]} | {cpu=3}",
                "overhead is added only to what is limited |"
                        + " {'containers':[{L:1}],'overhead':{'cpu':'1','memory':'1Mi'}} | {cpu=2}",
            })
    void limitsAreSummedLikewise(String why, String spec, String expected) {
        assertThat(PodResources.limits(read(spec)).toString()).as(why).isEqualTo(expected);
    }

    /** {@code C:} and {@code L:} stand for cpu requested and limited, {@code S} for a sidecar. */
    private static JsonNode read(String shorthand) {
        String json =
                shorthand
                        .replaceAll("C:(\\d+)", "'resources':{'requests':{'cpu':'$1'}}")
                        .replaceAll("L:(\\d+)", "'resources':{'limits':{'cpu':'$1'}}")
                        .replaceAll(",S}", ",'restartPolicy':'Always'}")
                        .replace('\'', '"');
        return JsonMapper.shared().readTree(json);
    }
}
