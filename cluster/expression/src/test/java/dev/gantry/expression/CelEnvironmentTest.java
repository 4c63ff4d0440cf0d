package dev.gantry.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class CelEnvironmentTest {
    private static final CelForm SELF =
            CelForm.struct(
                    "self",
                    new TreeMap<>(
                            Map.of(
                                    "size", CelForm.INTEGER,
                                    "name", CelForm.text(63),
                                    "x-y", CelForm.TRUTH,
                                    "since", CelForm.MOMENT,
                                    "share", CelForm.NUMBER,
                                    "tags", CelForm.list(CelForm.text(10), 20),
                                    "labels", CelForm.map(CelForm.text(10), 20))));
    private static final CelEnvironment ENVIRONMENT =
            CelEnvironment.of(new TreeMap<>(Map.of("self", SELF, "oldSelf", SELF.orNone())));
    private static final String OBJECT =
            """
            {"size":3,"name":"web","x-y":true,"since":"2026-01-01T00:00:00Z","share":1,
             "tags":["a","b"],"labels":{"k":"v"},"unknown":1}""";

    @Test
    void hasNoLineToShowWhereThereIsNoText() {
        assertThat(ENVIRONMENT.compile(""))
                .isInstanceOfSatisfying(
                        CelExpression.Wrong.class,
                        wrong ->
                                assertThat(wrong.why())
                                        .startsWith(
                                                "ERROR: <input>:1:0: Syntax error: mismatched"
                                                        + " input '<EOF>' expecting")
                                        .endsWith("IDENTIFIER}"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "a b| 1:3: Syntax error: extraneous input 'b' expecting <EOF>",
                "(self| 1:6: Syntax error: missing ')' at '<EOF>'",
                "[1,2| 1:5: Syntax error: mismatched input '<EOF>' expecting {']', ','}",
                "1..2| 1:3: Syntax error: no viable alternative at input '..2'",
                "#| 1:1: Syntax error: token recognition error at: '#'",
                "if| 1:1: reserved identifier: if",
                "self.zz| 1:5: undefined field 'zz'"
            })
    void saysWhatTheGrammarDoesNotAllow(String text, String why) {
        assertThat(ENVIRONMENT.compile(text))
                .isInstanceOfSatisfying(
                        CelExpression.Wrong.class,
                        wrong -> assertThat(wrong.why()).startsWith("ERROR: <input>:" + why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self.size == 3 && self.name.startsWith('w') && self.x__dash__y",
                "self.share < 1.5 && self.size < 3.5",
                "self.since > timestamp('2025-01-01T00:00:00Z')",
                "self.since.getFullYear() == 2026",
                "self.tags.all(each, each.size() == 1) && 'a' in self.tags",
                "self.labels.exists(k, k == 'k' && self.labels[k] == 'v')",
                "self.labels.all(k, v, k + v == 'kv')",
                "!oldSelf.hasValue()",
                "optional.of(1).orValue(2) == 1",
                "self.labels[?'none'].orValue('x') == 'x'",
                "quantity('1Gi').isGreaterThan(quantity('1G')) && isQuantity('5m')",
                "quantity('1').add(2).asInteger() == 3",
                "semver('1.2.3').minor() == 2 && semver('v1.0', true).isLessThan(semver('1.0.1'))",
                "url('https://a.example:8080/p?x=1&x=2').getPort() == '8080'",
                "url('https://a.example/p?x=1&x=2').getQuery()['x'] == ['1', '2']",
                "isURL('/path') && !isURL('no url')",
                "ip('10.0.0.1').family() == 4 && !ip('10.0.0.1').isLoopback()",
                "ip('fe80::1').isLinkLocalUnicast() && ip.isCanonical('::1')",
                "cidr('10.0.0.0/8').containsIP('10.1.2.3') && !isCIDR('10.0.0.0/33')",
                "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')",
                "string(ip('::1')) == '::1' && string(1) == '1'",
                "string(cidr('10.1.0.0/8').masked()) == '10.0.0.0/8'",
                "[1, 2, 3].sum() == 6 && [2, 1].min() == 1 && ['a', 'b'].isSorted()",
                "[1, 2, 1].lastIndexOf(1) == 2 && 'abc'.indexOf('c') == 2",
                "'a1b22'.find('[0-9]+') == '1' && 'a1b22'.findAll('[0-9]+') == ['1', '22']",
                "sets.contains([1, 2], [2]) && sets.equivalent([1, 2], [2, 1])",
                "!format.dns1123Label().validate('web').hasValue()",
                "format.named('dns1123Label').value().validate('W_').hasValue()",
                "'%s-%d-%.2f %x'.format(['a', 1, 2.5, 255]) == 'a-1-2.50 ff'",
                "'%s'.format([[1, 'b']]) == '[1, b]'",
                "'a,b'.split(',').join('-') == 'a-b' && 'ab'.reverse() == 'ba'",
            })
    void holds(String text) throws CelEvaluationException {
        CelExpression compiled = ENVIRONMENT.compile(text);
        assertThat(compiled).as(text).isInstanceOf(CelExpression.Sound.class);
        assertThat(ask((CelExpression.Sound) compiled)).isEqualTo(true);
    }

    private static Object ask(CelExpression.Sound sound) throws CelEvaluationException {
        return sound.ask(
                Map.of(
                        "self",
                        CelValues.of(JsonMapper.shared().readTree(OBJECT), SELF),
                        "oldSelf",
                        Optional.empty()),
                CelBudget.ofOne());
    }

    @Test
    void fieldsThatNobodyDeclaredAreFoundBefore() {
        assertThat(ENVIRONMENT.compile("self.unknown == 1"))
                .isEqualTo(
                        new CelExpression.Wrong(
                                """
                                ERROR: <input>:1:5: undefined field 'unknown'
                                 | self.unknown == 1
                                 | ....^"""));
    }

    @Test
    void whatTheGrammarDoesNotKnowIsASyntaxError() {
        assertThat(ENVIRONMENT.compile("self."))
                .isEqualTo(
                        new CelExpression.Wrong(
                                """
                                ERROR: <input>:1:6: Syntax error: no viable alternative at input '.'
                                 | self.
                                 | .....^"""));
    }

    @Test
    void tellsWhichVariablesItReads() {
        assertThat(sound("self.size > 1").variables()).containsExactly("self");
        assertThat(sound("oldSelf.hasValue()").variables()).containsExactly("oldSelf");
    }

    @Test
    void costsAreKnownBefore() {
        assertThat(sound("self.tags.all(x, x == 'a')").worstCost()).isLessThan(200);
        assertThat(sound("self.tags.all(x, self.tags.all(y, x != y))").worstCost())
                .isGreaterThan(1000);
    }

    @Test
    void oneBudgetIsForSeveralQuestions() throws CelEvaluationException {
        CelBudget budget = new CelBudget(10);
        CelExpression.Sound sound = sound("self.size == 3 && self.size < 4");
        Map<String, Object> values =
                Map.of("self", CelValues.of(JsonMapper.shared().readTree(OBJECT), SELF));
        assertThat(sound.ask(values, budget)).isEqualTo(true);
        assertThatThrownBy(() -> sound.ask(values, budget))
                .hasMessageContaining("operation cancelled: actual cost limit exceeded");
        assertThat(budget.isSpent()).isTrue();
    }

    private static CelExpression.Sound sound(String text) {
        return (CelExpression.Sound) ENVIRONMENT.compile(text);
    }

    private static Object made(String text) throws CelEvaluationException {
        CelEnvironment environment =
                CelEnvironment.makingObjects(
                        new TreeMap<>(Map.of("object", CelForm.ANYTHING)), List.of());
        CelExpression expression = environment.compile(text);
        assertThat(expression).isInstanceOf(CelExpression.Sound.class);
        var object = JsonMapper.shared().readTree("{\"names\":[\"a\",\"b\"]}");
        return ((CelExpression.Sound) expression)
                .ask(Map.of("object", CelValues.of(object, CelForm.ANYTHING)), CelBudget.ofOne());
    }

    @Test
    void objectsOfAnyFormAreMade() throws CelEvaluationException {
        Object object =
                made(
                        """
                        Object{spec: Object.spec{replicas: 1 + 2, ?none: optional.none(), items:
                          object.names.map(n, Object.spec.items{name: n, ok: true})}}""");

        assertThat(((ObjectLiteral) object).mismatch()).isEmpty();
        assertThat(CelAnswers.json(object).orElseThrow())
                .hasToString(
                        "{\"spec\":{\"replicas\":3,\"items\":[{\"name\":\"a\",\"ok\":true},{\"name\":\"b\",\"ok\":true}]}}");
        assertThat(((ObjectLiteral) made("Object{spec: Object.other{}}")).mismatch()).isPresent();
    }

    @Test
    void patchesAreListsOfOperations() throws CelEvaluationException {
        String patch =
                "[JSONPatch{op: 'add', path: '/x/' + jsonpatch.escapeKey('a/b~c'), value: {'k': [1.5, null]}}]";

        assertThat(CelAnswers.json(made(patch)).orElseThrow())
                .hasToString(
                        "[{\"op\":\"add\",\"path\":\"/x/a~1b~0c\",\"value\":{\"k\":[1.5,null]}}]");
        assertThatThrownBy(() -> made("[JSONPatch{op: 'add', where: 'x'}]"))
                .isInstanceOfSatisfying(
                        CelEvaluationException.class,
                        failed ->
                                assertThat(CelExpression.words(failed))
                                        .isEqualTo("unexpected JSONPatchType field: where"));
    }
}
