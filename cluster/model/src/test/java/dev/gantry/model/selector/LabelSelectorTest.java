package dev.gantry.model.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector.Operator;
import dev.gantry.model.selector.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is read and matched is what upstream's own tests of {@code labels.Selector} expect. */
class LabelSelectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | x:y | true",
                "x=y | x:y | true",
                "x=y,z=w | x:y z:w | true",
                "x!=y,z!=w | x:z z:a | true",
                "notin=in | notin:in | true",
                "x | x:z | true",
                "!x | y:z | true",
                "x>1 | x:2 | true",
                "x<1 | x:0 | true",
                "x=z | '' | false",
                "x=y | x:z | false",
                "x=y,z=w | x:w z:w | false",
                "x!=y,z!=w | x:z z:w | false",
                "x | y:z | false",
                "!x | x:z | false",
                "x>1 | x:0 | false",
                "x>1 | x:v2 | false",
                "x<1 | x:2 | false",
                "x in (foo),y notin (alpha) | x:foo y:baz | true",
                "x notin (),y | y: | true",
                "x in () | y:baz | false"
            })
    void selects(String query, String labels, boolean expected) {
        Map<String, String> found = new TreeMap<>();
        for (String pair : labels.split(" ")) {
            int colon = pair.indexOf(':');
            if (colon > 0) {
                found.put(pair.substring(0, colon), pair.substring(colon + 1));
            }
        }
        LabelSelector selector = LabelQuery.parse(query);
        assertThat(selector.selects(found)).isEqualTo(expected);
        assertThat(selector.selects(labelled(found))).isEqualTo(expected);
    }

    private static Resource labelled(Map<String, String> labels) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        ObjectNode metadata = object.putObject("metadata");
        if (!labels.isEmpty()) {
            labels.forEach(metadata.putObject("labels")::put);
        }
        return new Resource(object);
    }

    @Test
    void readsEveryFormOfARequirement() {
        assertThat(LabelQuery.parse("0.1.2.domain/99 notin (10.10.100.1, tick.tack.clock)"))
                .isEqualTo(
                        one(
                                "0.1.2.domain/99",
                                Operator.NOT_IN,
                                List.of("10.10.100.1", "tick.tack.clock")));
        assertThat(LabelQuery.parse("\rx")).isEqualTo(one("x", Operator.EXISTS, List.of()));
        assertThat(LabelQuery.parse("foo  in\t (abc)"))
                .isEqualTo(one("foo", Operator.IN, List.of("abc")));
        assertThat(LabelQuery.parse("x notin\n (, a)"))
                .isEqualTo(one("x", Operator.NOT_IN, List.of("", "a")));
        assertThat(LabelQuery.parse("a in (x,y,notin, z,in)"))
                .isEqualTo(one("a", Operator.IN, List.of("in", "notin", "x", "y", "z")));
        assertThat(LabelQuery.parse("x= ,z== b").requirements())
                .containsExactly(
                        new Requirement("x", Operator.IN, List.of("")),
                        new Requirement("z", Operator.IN, List.of("b")));
        assertThat(LabelQuery.parse(" ").isEverything()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x=a||y=b",
                "x==a==b",
                "!x=a",
                "x<a",
                ",x,y",
                "x nott in (y)",
                "a in (xyz),",
                "a in (xyz)b notin ()",
                "a in (xyz abc)",
                "a notin(",
                "a (",
                "(",
                "A.b/x",
                "-a",
                "x=-"
            })
    void refusesWhatIsNone(String query) {
        assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.parse(query));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a b | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
                ",x | found ',', expected: !, identifier, or 'end of string'",
                "x,,y | found ',', expected: identifier after ','",
                "x, | found '', expected: identifier after ','",
                "!a b | found 'b', expected: ',' or 'end of string'",
                "x==a==b | found '==', expected: ',' or 'end of string'",
                "!=a | found '!=', expected: !, identifier, or 'end of string'",
                "!,a | unable to parse requirement: found ',', expected: identifier",
                "a=(b) | unable to parse requirement: found '(', expected: identifier",
                "a in b | unable to parse requirement: found 'b' expected: '('",
                "a in (= | unable to parse requirement: found '=', expected: ',', ')' or identifier",
                "a in (b | unable to parse requirement: found '', expected: ',' or ')'",
                "a in (b, | unable to parse requirement: found '', expected: ',', or identifier",
                "x<a | unable to parse requirement: values[0]: Invalid value: \"a\": for 'Gt', 'Lt' operators, the value must be an integer"
            })
    void saysWhatIsWrongAsUpstreamDoes(String query, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelQuery.parse(query))
                .withMessage(message);
    }

    @Test
    void saysWhichKeyOrValueIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelQuery.parse("-a"))
                .withMessageStartingWith(
                        "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must"
                                + " consist of alphanumeric characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelQuery.parse("a=-b"))
                .withMessageStartingWith(
                        "unable to parse requirement: values[0][a]: Invalid value: \"-b\": a valid"
                                + " label must be an empty string");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(LabelQuery.parse("a".repeat(63)).requirements()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.parse("a".repeat(64)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelQuery.parse("x=" + "a".repeat(64)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelQuery.parse("a".repeat(254) + "/x"));
        assertThat(LabelQuery.parse("a" + ",a".repeat(999)).requirements()).hasSize(1000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelQuery.parse("a" + ",a".repeat(1000)));
    }

    @Test
    void readsTheFormThatObjectsHave() {
        LabelSelector selector =
                LabelSelector.of(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"matchLabels":{"a":"b"},"matchExpressions":[
                                         {"key":"c","operator":"NotIn","values":["d"]},
                                         {"key":"e","operator":"DoesNotExist"}]}"""));
        assertThat(selector.selects(Map.of("a", "b"))).isTrue();
        assertThat(selector.selects(Map.of("a", "b", "c", "d"))).isFalse();
        assertThat(selector.selects(Map.of("a", "b", "e", ""))).isFalse();
        assertThat(LabelSelector.of(JsonMapper.shared().readTree("{}")).isEverything()).isTrue();
    }

    private static LabelSelector one(String key, Operator operator, List<String> values) {
        return new LabelSelector(List.of(new Requirement(key, operator, values)));
    }
}
