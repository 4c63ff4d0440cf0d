package dev.gantry.state.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SamenessTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1} | {'a':1,'b':null,'c':[]} | true",
                "{'a':1} | {'a':1,'d':''} | false",
                "{'a':1} | {'a':1,'e':{}} | false",
                "{'a':1} | {'a':2} | false",
                "{'a':{'b':1}} | {'a':{}} | false",
                "[1,2] | [2,1] | false",
                "{'cpu':1} | {'cpu':'1000m'} | true",
                "{'cpu':'1'} | {'cpu':'2'} | false",
                "{'a':false} | {} | false",
            })
    void treatsAbsentAndEmptyListsAlike(String one, String other, boolean expected) {
        JsonMapper json = JsonMapper.shared();
        assertThat(
                        Sameness.same(
                                json.readTree(one.replace('\'', '"')),
                                json.readTree(other.replace('\'', '"'))))
                .isEqualTo(expected);
    }
}
