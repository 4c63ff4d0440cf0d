package dev.gantry.gateway.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelQuery;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AccessQuestionTest {
    private static final Caller JANE = new Caller("jane", "", List.of(), new TreeMap<>());

    @Test
    void selectorsAreAskedForInEitherForm() {
        AccessQuestion.May asked =
                may(
                        "'fieldSelector':{'rawSelector':'spec.nodeName=n1'},"
                                + "'labelSelector':{'requirements':[{'key':'a','operator':'In','values':['x','y']},"
                                + "{'key':'b','operator':'Exists'}]}");
        assertThat(asked.access().selection().fields())
                .isEqualTo(FieldSelector.parse("spec.nodeName=n1"));
        assertThat(asked.access().selection().labels()).isEqualTo(LabelQuery.parse("a in (x,y),b"));
        assertThat(asked.complaint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'fieldSelector':{'rawSelector':'a'} | fieldSelector ignored",
                "'fieldSelector':{'requirements':[{'key':'a','operator':'Exists'}]} | fieldSelector ignored",
                "'labelSelector':{'rawSelector':'a=='} | ``",
                "'labelSelector':{'rawSelector':'a=b=c'} | labelSelector ignored",
                "'labelSelector':{'requirements':[{'key':'a','operator':'Near'},{'key':'b','operator':'Exists'}]} | labelSelector partially ignored",
            })
    void whatIsNotUnderstoodIsLeftOutAndSaid(String selector, String complaint) {
        String said = may(selector).complaint();
        assertThat(said)
                .isEqualTo(
                        complaint.isEmpty()
                                ? ""
                                : "spec.resourceAttributes." + complaint + " due to parse error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'rawSelector':'a','requirements':[{'key':'a','operator':'Exists'}]} | rawSelector: Invalid value: \"a\": may not specified at the same time as requirements",
                "{} | requirements: Required value: when spec.resourceAttributes.labelSelector is specified, requirements or rawSelector is required",
                "{'requirements':[{'key':'a','operator':'In'}]} | requirements[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                "{'requirements':[{'key':'a','operator':'Exists','values':['x']}]} | requirements[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
            })
    void saysWhatIsWrongWithASelector(String selector, String why) {
        assertThat(self("'labelSelector':" + selector))
                .isInstanceOfSatisfying(
                        AccessQuestion.Malformed.class,
                        refused ->
                                assertThat(refused.why().message())
                                        .endsWith(
                                                "is invalid: spec.resourceAttributes.labelSelector."
                                                        + why));
    }

    private static AccessQuestion.May may(String selectors) {
        return (AccessQuestion.May) self(selectors);
    }

    private static AccessQuestion self(String selectors) {
        String review =
                "{'spec':{'resourceAttributes':{'verb':'list','resource':'pods',%s}}}"
                        .formatted(selectors);
        var tree = (ObjectNode) JsonMapper.shared().readTree(review.replace('\'', '"'));
        return AccessQuestion.self(new Resource(tree), JANE);
    }
}
