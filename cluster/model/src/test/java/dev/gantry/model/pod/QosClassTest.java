package dev.gantry.model.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class QosClassTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'containers':[{}]} | BEST_EFFORT",
                "{'containers':[{'resources':{'requests':{'cpu':'0'}}}]} | BEST_EFFORT",
                "{'containers':[{'resources':{'requests':{'gpu/x':'1'}}}]} | BEST_EFFORT",
                "{'containers':[{'resources':{'requests':{'cpu':'1'}}}]} | BURSTABLE",
                "{'containers':[{'resources':{'limits':{'cpu':'1'}}}]} | BURSTABLE",
                "{'containers':[{'resources':{'requests':{'cpu':'1','memory':'1Gi'},"
                        + "'limits':{'cpu':'1000m','memory':'1024Mi'}}}]} | GUARANTEED",
                "{'containers':[{'resources':{'requests':{'cpu':'1','memory':'1Gi'},"
                        + "'limits':{'cpu':'1','memory':'1Gi'}}},{}]} | BURSTABLE",
                "{'containers':[{'resources':{'requests':{'cpu':'1','memory':'1Gi'},"
                        + "'limits':{'cpu':'1','memory':'1Gi'}}}],"
                        + "'initContainers':[{}]} | BURSTABLE",
                "{'containers':[{}],'resources':{'requests':{'cpu':'1','memory':'1Gi'},"
                        + "'limits':{'cpu':'1','memory':'1Gi'}}} | GUARANTEED",
                "{'containers':[{}],'resources':{'limits':{'cpu':'1'}}} | BURSTABLE",
            })
    void followsWhatIsRequestedAndLimited(String spec, QosClass expected) {
        assertThat(QosClass.of(JsonMapper.shared().readTree(spec.replace('\'', '"'))))
                .isEqualTo(expected);
    }
}
