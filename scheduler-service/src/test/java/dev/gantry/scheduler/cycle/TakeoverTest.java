package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which replayed bindings a standby accepts, and what it then does. */
final class TakeoverTest {
    private final DrivenCycle leader = new DrivenCycle();
    private final DrivenCycle standby = new DrivenCycle();

    TakeoverTest() {
        for (DrivenCycle each : List.of(leader, standby)) {
            each.ready(Sample.node("a", "3", "64Gi", ""));
        }
        standby.hear(new SchedulerInput.Following());
    }

    @Test
    void oneRefusalVoidsTheWordForTheWholeGangHoweverOftenBothAreHeard() {
        Binding whole = gangPlaced();
        bothSee(gang("a"), gang("b"));

        standby.hear(new SchedulerInput.Rejected(whole));
        standby.hear(new SchedulerInput.BindingReplayed(whole));
        standby.hear(new SchedulerInput.BindingReplayed(whole));
        standby.hear(new SchedulerInput.Leading(1));

        assertThat(standby.decide()).singleElement().satisfies(TakeoverTest::placesBoth);
    }

    @Test
    void aLaterWordOnOneVoidsTheEarlierOneForAll() {
        Binding whole = gangPlaced();
        bothSee(gang("a"), gang("b"));
        leader.hear(new SchedulerInput.Rejected(whole));
        leader.hear(gang("larger", 4));
        List<Binding> later = leader.decide();
        assertThat(later).isNotEmpty();

        standby.hear(new SchedulerInput.BindingReplayed(whole));
        later.forEach(
                each -> standby.hear(new SchedulerInput.BindingReplayed(nowhere(each, whole))));
        standby.hear(new SchedulerInput.Leading(1));

        assertThat(standby.decide()).singleElement().satisfies(TakeoverTest::placesBoth);
    }

    @Test
    void aLaterWordThatWasRefusedVoidsTheEarlierOneToo() {
        Binding whole = gangPlaced();
        bothSee(gang("a"), gang("b"));
        leader.pass(40);
        Binding again = leader.decide().getFirst();

        standby.hear(new SchedulerInput.Rejected(again));
        standby.hear(new SchedulerInput.BindingReplayed(whole));
        standby.hear(new SchedulerInput.BindingReplayed(again));
        standby.hear(new SchedulerInput.Leading(1));

        assertThat(standby.decide()).singleElement().satisfies(TakeoverTest::placesBoth);
    }

    @Test
    void anEarlierWordThatIsHeardOnceMoreDoesNotVoidTheLaterOne() {
        Binding whole = gangPlaced();
        bothSee(gang("a"), gang("b"));
        leader.pass(40);
        Binding again = leader.decide().getFirst();

        standby.hear(new SchedulerInput.BindingReplayed(again));
        standby.hear(new SchedulerInput.Rejected(whole));
        standby.hear(new SchedulerInput.BindingReplayed(whole));
        standby.hear(new SchedulerInput.Leading(1));

        assertThat(standby.decide()).as("both are believed to be placed").isEmpty();
    }

    @Test
    void whatIsSaidAgainSpeaksOnlyOfThoseWhoStillWaitForTheAnswer() {
        Binding whole = gangPlaced();
        standby.hear(gang("a"));
        standby.hear(new SchedulerInput.BindingReplayed(whole));
        standby.hear(new SchedulerInput.Leading(1));
        standby.decide();
        standby.pass(40);

        assertThat(standby.decide())
                .singleElement()
                .satisfies(
                        binding ->
                                assertThat(binding.all())
                                        .extracting(Binding::name)
                                        .containsExactly("a"));
    }

    @Test
    void whoeverALaterWordCallsSettledKeepsItsNode() {
        Binding whole = gangPlaced();
        bothSee(gang("a"), gang("b"));
        Resource bound = gang("a");
        Resource.child(bound.tree(), "spec").put("nodeName", "a");
        leader.hear(bound);
        leader.pass(40);
        Binding again = leader.decide().getFirst();
        assertThat(again.all()).extracting(Binding::name).containsExactly("b");

        standby.hear(new SchedulerInput.BindingReplayed(whole));
        standby.hear(new SchedulerInput.BindingReplayed(again));
        standby.hear(new SchedulerInput.Leading(1));
        standby.hear(Sample.pod("large", "2", "1Mi", ""));

        assertThat(standby.decide()).noneMatch(Binding::isPlaced);
    }

    @Test
    void aGangIsNotTriedWhileTheAnswerToOneOfItsPodsIsOutstanding() {
        Binding whole = gangPlaced();
        standby.hear(gang("a"));
        standby.hear(gang("b"));
        standby.hear(new SchedulerInput.BindingReplayed(whole));
        standby.hear(new SchedulerInput.Leading(1));
        standby.hear(gang("c"));

        assertThat(standby.decide()).as("c alone").isEmpty();

        standby.hear(new SchedulerInput.Rejected(whole));
        standby.pass(5);
        assertThat(standby.decide())
                .singleElement()
                .satisfies(binding -> assertThat(binding.all()).hasSize(3));
    }

    @Test
    void itWaitsForAPodThatItsFeedHasNotShownButNotForOneThatIsNoMore() {
        leader.hear(pod("early", 7));
        Binding early = leader.decide().getFirst();

        standby.hear(new SchedulerInput.BindingReplayed(early));
        standby.hear(new SchedulerInput.Leading(1));
        assertThat(standby.isWaiting()).isTrue();
        standby.pass(40);
        assertThat(standby.decide()).as("it was suspended").isEmpty();
        assertThat(standby.isWaiting()).isTrue();

        standby.hear(pod("other", 8));
        assertThat(standby.isWaiting()).as("what was before 8 has been shown").isFalse();
    }

    @Test
    void whatIsTriedAgainLooksAtTheNewestRevision() {
        leader.hear(pod("p", 7));
        Binding first = leader.decide().getFirst();
        leader.hear(pod("p", 9));
        leader.hear(new SchedulerInput.Rejected(first));
        leader.pass(5);

        assertThat(leader.decide()).extracting(Binding::seen).containsExactly(9L);
    }

    @Test
    void thatHoldsForThoseWhoMakeOthersLeaveToo() {
        leader.hear(Sample.pod("low", "3", "1Mi", ",'nodeName':'a'"));
        leader.hear(urgent(7));
        Binding first = leader.decide().getFirst();
        assertThat(first.victims()).hasSize(1);
        leader.hear(urgent(9));
        leader.hear(new SchedulerInput.Rejected(first));
        leader.pass(5);

        assertThat(leader.decide()).extracting(Binding::seen).containsExactly(9L);
    }

    @Test
    void whoeverMakesOthersLeaveIsNotBelievedToBeThereAndTheyAreBelievedToLeave() {
        Resource low = Sample.pod("low", "3", "1Mi", ",'nodeName':'a'");
        leader.hear(low);
        leader.hear(urgent(7));
        Binding preempting = leader.decide().getFirst();
        bothSee(low, urgent(7));
        standby.hear(new SchedulerInput.BindingReplayed(preempting));
        standby.hear(new SchedulerInput.Leading(1));
        assertThat(standby.decide()).as("the answer is outstanding").isEmpty();

        standby.hear(Sample.node("b", "3", "64Gi", ""));
        standby.hear(Sample.pod("lower", "3", "1Mi", ",'nodeName':'b','priority':-5"));
        standby.hear(Sample.pod("urgent-too", "1", "1Mi", ",'priority':10"));

        assertThat(standby.decide())
                .singleElement()
                .satisfies(
                        binding ->
                                assertThat(binding.victims())
                                        .as("nobody leaves but who leaves already")
                                        .extracting(Binding.Pod::name)
                                        .containsExactly("low"));
    }

    @Test
    void whatTheFeedShowsOfWhoeverMakesOthersLeaveIsTheAnswer() {
        leader.hear(Sample.pod("low", "3", "1Mi", ",'nodeName':'a'"));
        leader.hear(urgent(7));
        Binding preempting = leader.decide().getFirst();
        Resource nominated = urgent(9);
        Resource.child(nominated.tree(), "status").put("nominatedNodeName", "a");
        bothSee(Sample.pod("low", "3", "1Mi", ",'nodeName':'a'"), urgent(7));
        standby.hear(new SchedulerInput.BindingReplayed(preempting));
        standby.hear(new SchedulerInput.Leading(1));
        standby.hear(nominated);

        standby.hear(new SchedulerInput.Rejected(preempting));

        assertThat(standby.decide())
                .as("it waits, and a rejection can only be that of the binding read again")
                .allMatch(binding -> binding.nominatedNode().equals("a"));
    }

    @Test
    void aWordThatIsHeardAfterItsAnswerSaysNothing() {
        Resource low = Sample.pod("low", "3", "1Mi", ",'nodeName':'a'");
        leader.hear(low);
        leader.hear(urgent(7));
        Binding preempting = leader.decide().getFirst();
        Resource nominated = urgent(9);
        Resource.child(nominated.tree(), "status").put("nominatedNodeName", "a");
        bothSee(low, nominated);
        standby.hear(new SchedulerInput.BindingReplayed(preempting));
        standby.hear(new SchedulerInput.Leading(1));

        standby.gone(low);

        assertThat(standby.decide())
                .as("it waits for no answer")
                .singleElement()
                .satisfies(binding -> assertThat(binding.node()).isEqualTo("a"));
    }

    @Test
    void whoeverIsPlacedInsteadWhenOthersDoNotLeaveIsTriedAnew() {
        Resource low = Sample.pod("low", "3", "1Mi", ",'nodeName':'a'");
        leader.hear(low);
        leader.hear(urgent(7));
        Binding preempting = leader.decide().getFirst();
        bothSee(low, urgent(7));
        standby.hear(new SchedulerInput.BindingReplayed(preempting));
        standby.hear(new SchedulerInput.Leading(1));

        standby.hear(new SchedulerInput.Rejected(preempting));
        standby.hear(Sample.node("b", "3", "64Gi", ""));
        standby.pass(5);

        assertThat(standby.decide())
                .singleElement()
                .satisfies(binding -> assertThat(binding.node()).isEqualTo("b"));
    }

    @Test
    void whoWasToLeaveForAPodThatIsGoneStays() {
        Resource low = Sample.pod("low", "3", "1Mi", ",'nodeName':'a'");
        leader.hear(low);
        leader.hear(urgent(7));
        assertThat(leader.decide().getFirst().victims()).hasSize(1);
        leader.gone(urgent(7));

        assertThat(leader.cycle.snapshot().pods())
                .singleElement()
                .matches(each -> !each.pod().isLeaving());
    }

    private static Resource urgent(int revision) {
        Resource pod = pod("urgent", revision);
        Resource.child(pod.tree(), "spec").put("priority", 10);
        return pod;
    }

    private Binding gangPlaced() {
        leader.hear(gang("a"));
        leader.hear(gang("b"));
        Binding whole = leader.decide().getLast();
        placesBoth(whole);
        return whole;
    }

    private void bothSee(Resource... pods) {
        for (Resource each : pods) {
            standby.hear(each);
        }
    }

    private static void placesBoth(Binding binding) {
        assertThat(binding.all()).hasSize(2).allMatch(Binding::isPlaced);
    }

    /** What the leader would say of the first pod of the gang, of which nothing is placed. */
    private static Binding nowhere(Binding stamped, Binding whole) {
        return new Binding(whole.pod(), whole.seen(), "", stamped.grounds())
                .stamped(stamped.stamp());
    }

    private static Resource gang(String name) {
        return gang(name, 2);
    }

    private static Resource gang(String name, int size) {
        Resource pod = pod(name, 7);
        Resource.child(pod.mutableMetadata(), "annotations")
                .put("gantry.dev/pod-group", size == 2 ? "team" : "other-team")
                .put("gantry.dev/pod-group-size", Integer.toString(size));
        return pod;
    }

    private static Resource pod(String name, int revision) {
        Resource pod = Sample.pod(name, "1", "1Mi", "");
        pod.mutableMetadata().put("resourceVersion", Integer.toString(revision));
        return pod;
    }
}
