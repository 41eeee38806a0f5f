package com.convmerge.sandbox;

import static com.convmerge.sandbox.SandboxSample.goodParent;
import static com.convmerge.sandbox.SandboxSample.special;

import java.util.List;

/** The twenty special pairs of the sample and their conversations. */
final class SpecialPairs {
    private static final String HTML_REASON =
            "<b>urgent</b> & <a href=\"https://example.com/?a=1&b=2\">see here</a><script>alert('x')</script>";

    private SpecialPairs() {}

    static List<SamplePair> pairs() {
        return List.of(
                pair(special(0), special(1), SampleKind.DUPLICATE_MISSING),
                pair(special(2), special(3), SampleKind.PARENT_MISSING),
                pair(special(5), special(5), SampleKind.SELF_MERGE),
                pair(goodParent(20), special(6), SampleKind.DUPLICATE_CLOSED),
                pair(special(8), special(9), SampleKind.CYCLE),
                pair(goodParent(21), "last", SampleKind.ID_LAST),
                pair(goodParent(22), special(10), SampleKind.DUPLICATE_SNOOZED),
                pair(special(12), special(13), SampleKind.CHAIN),
                pair(goodParent(23), "", SampleKind.ID_EMPTY),
                pair(goodParent(24), special(15), SampleKind.TWO_PARENTS),
                pair(goodParent(25), special(16), SampleKind.ALWAYS_422),
                pair(goodParent(26), special(17), SampleKind.DUPLICATE_TAGGED),
                new SamplePair(goodParent(27), special(18), HTML_REASON, "mara", "", SampleKind.HTML_IN_REASON),
                pair(special(9), special(8), SampleKind.CYCLE),
                pair(special(14), special(12), SampleKind.CHAIN),
                pair(goodParent(28), special(15), SampleKind.TWO_PARENTS),
                pair(special(2), special(4), SampleKind.PARENT_MISSING),
                pair(goodParent(29), special(7), SampleKind.DUPLICATE_CLOSED),
                pair(goodParent(30), special(11), SampleKind.DUPLICATE_SNOOZED),
                pair(goodParent(31), special(19), SampleKind.DUPLICATE_MISSING));
    }

    static void fill(SandboxWorkspace workspace) {
        for (int number : new int[] {0, 3, 4, 5, 8, 9, 12, 13, 14, 15, 16, 18}) {
            workspace.addConversation(conversation(number));
        }
        workspace.addConversation(conversation(6).inState("closed"));
        workspace.addConversation(conversation(7).inState("closed"));
        workspace.addConversation(conversation(10).inState("snoozed"));
        workspace.addConversation(conversation(11).inState("snoozed"));
        workspace.addConversation(conversation(17).tagged(SandboxSample.TAG));
    }

    /** Every write to one of the conversations is answered 422; reads of it succeed. */
    static FaultPlan faults() {
        return FaultPlan.always(call -> call.isFor(special(16)) && call.route().isWriting(), Fault.UNPROCESSABLE_422);
    }

    private static NewConversation conversation(int number) {
        SampleTexts.Topic topic = SampleTexts.pick(SampleTexts.TOPICS, number);
        return SampleTexts.conversation(special(number), topic.secondMessage(), 600 + number)
                .titled(topic.title());
    }

    private static SamplePair pair(String parent, String duplicate, SampleKind kind) {
        int number = kind.name().length();
        return new SamplePair(
                parent,
                duplicate,
                SampleTexts.pick(SampleTexts.REASONS, number),
                SampleTexts.pick(SampleTexts.TEAMMATES, number),
                "",
                kind);
    }
}
