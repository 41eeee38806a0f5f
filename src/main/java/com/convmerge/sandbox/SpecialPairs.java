package com.convmerge.sandbox;

import static com.convmerge.sandbox.SandboxSample.goodParent;
import static com.convmerge.sandbox.SandboxSample.special;

import java.util.ArrayList;
import java.util.List;

/** The twenty pairs of the sample that are not like the others, and their conversations. */
final class SpecialPairs {

    private static final String HTML_REASON =
            "<b>urgent</b> & <a href=\"https://example.com/?a=1&b=2\">see here</a><script>alert('x')</script>";

    private SpecialPairs() {}

    static List<SamplePair> pairs() {
        List<SamplePair> pairs = new ArrayList<>();
        pairs.add(pair(special(0), special(1), SampleKind.DUPLICATE_MISSING));
        pairs.add(pair(special(2), special(3), SampleKind.PARENT_MISSING));
        pairs.add(pair(special(5), special(5), SampleKind.SELF_MERGE));
        pairs.add(pair(goodParent(20), special(6), SampleKind.DUPLICATE_CLOSED));
        pairs.add(pair(special(8), special(9), SampleKind.CYCLE));
        pairs.add(pair(goodParent(21), "last", SampleKind.ID_LAST));
        pairs.add(pair(goodParent(22), special(10), SampleKind.DUPLICATE_SNOOZED));
        pairs.add(pair(special(12), special(13), SampleKind.CHAIN));
        pairs.add(pair(goodParent(23), "", SampleKind.ID_EMPTY));
        pairs.add(pair(goodParent(24), special(15), SampleKind.TWO_PARENTS));
        pairs.add(pair(goodParent(25), special(16), SampleKind.ALWAYS_422));
        pairs.add(pair(goodParent(26), special(17), SampleKind.DUPLICATE_TAGGED));
        pairs.add(new SamplePair(goodParent(27), special(18), HTML_REASON, "mara", "", SampleKind.HTML_IN_REASON));
        pairs.add(pair(special(9), special(8), SampleKind.CYCLE));
        pairs.add(pair(special(14), special(12), SampleKind.CHAIN));
        pairs.add(pair(goodParent(28), special(15), SampleKind.TWO_PARENTS));
        pairs.add(pair(special(2), special(4), SampleKind.PARENT_MISSING));
        pairs.add(pair(goodParent(29), special(7), SampleKind.DUPLICATE_CLOSED));
        pairs.add(pair(goodParent(30), special(11), SampleKind.DUPLICATE_SNOOZED));
        pairs.add(pair(goodParent(31), special(19), SampleKind.DUPLICATE_MISSING));
        return pairs;
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

    /** Every write to the one conversation is refused; reading it works. */
    static FaultPlan faults() {
        return FaultPlan.always(call -> call.isFor(special(16)) && call.route().isWriting(), Fault.UNPROCESSABLE_422);
    }

    private static NewConversation conversation(int number) {
        SampleTexts.Topic topic = SampleTexts.pick(SampleTexts.TOPICS, number);
        int contact = 600 + number;
        return NewConversation.of(special(number))
                .titled(topic.title())
                .saying(topic.secondMessage())
                .from(SampleTexts.name(contact), SampleTexts.email(contact));
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
