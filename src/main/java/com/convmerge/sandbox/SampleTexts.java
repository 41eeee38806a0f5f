package com.convmerge.sandbox;

import java.util.List;

/** The texts of the sample: the customers' messages and names, and the reasons for the merges. */
final class SampleTexts {
    /** The subject of a conversation, with the first customer's message and that of the others who report the same. */
    record Topic(String title, String firstMessage, String secondMessage) {
        private static Topic of(String line) {
            String[] cells = line.split(" \\| ", -1);
            return new Topic(cells[0], cells[1], cells[2]);
        }
    }

    static final List<Topic> TOPICS = """
            Checkout fails with error 502 | I cannot pay, the page shows error 502. | Payment page is broken?
            Cannot log in after password reset | The new password is not accepted. | Still locked out.
            Invoice for August is missing | I need the invoice for our books. | Any news on the invoice?
            Charged twice for one order | My card shows the amount twice. | Please refund the second charge.
            Parcel has not arrived | Tracking has said 'in transit' for nine days. | Where is my parcel?
            App crashes on start | Since the update it closes at once. | Crash, Android 15.
            Export to CSV is empty | The file has only the header row. | The export does not work.
            Change of the billing address | We have moved, please change our address. | New address, see below.
            How do I add a teammate? | Where can I invite a colleague? | Question about seats
            Webhook deliveries stopped | No events since 14:00 UTC. | Webhooks down?
            Discount code not accepted | SUMMER20 says 'not valid'. | Code does not work
            Wrong item delivered | I ordered blue and got green. | Wrong colour, order 88213
            Delete my account | Please remove all of my data. | GDPR request, again
            Two-factor code never arrives | I do not get the text message. | No SMS code
            Slow dashboard since Monday | Each page takes 20 seconds. | Performance problem
            Upgrade to the yearly plan | Can we switch in the middle of a month? | Yearly plan, pricing
            Calendar sync duplicates events | Every meeting is there twice. | Sync trouble
            Cannot open attachments | PDF files show a white page. | Attachments broken
            Data import stuck at 99 % | It has not moved for two hours. | Import hangs
            Cancel my subscription | I no longer need the service. | Second request to cancel
            Return label requested | I would like to send the shoes back. | Label for a return
            API answers 401 since today | Our token worked yesterday. | 401 from the API
            """.lines().map(Topic::of).toList();

    static final List<String> REASONS = """
            same outage, reported by e-mail and chat
            customer wrote twice
            reply came in as a new conversation
            forwarded by a colleague of the customer
            same order, second e-mail
            web form sent twice
            follow-up to the closed ticket
            same person, other e-mail address
            chat was cut off, customer started again
            duplicate of the incident conversation
            """.lines().toList();

    static final List<String> TEAMMATES = List.of("mara", "jonas", "priya", "support-bot");

    private static final List<String> FIRST_NAMES = words("Ann Bjørn Carla Dmitri Elif Femi Grace Hiroshi Inés Jamal "
            + "Katja Liam Mei Noor Olga Pierre Quinn Rosa Sven Tara");

    private static final List<String> LAST_NAMES = words("Abara Berg Costa Dubois Ericsson Fischer García Haddad Ito "
            + "Jansen Kowalski Lee Müller Novak O'Neil Patel Rossi");

    private SampleTexts() {}

    static <T> T pick(List<T> from, int number) {
        return from.get(Math.floorMod(number, from.size()));
    }

    /** A conversation of the customer with this number. */
    static NewConversation conversation(String id, String message, int customer) {
        String name =
                pick(FIRST_NAMES, customer) + " " + pick(LAST_NAMES, customer / FIRST_NAMES.size() + customer * 7);
        return NewConversation.of(id).saying(message).from(name, "customer" + customer + "@example.com");
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }
}
