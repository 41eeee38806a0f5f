package com.convmerge.sandbox;

import java.util.List;

/** What the customers of the sample write about, and why their conversations are to be merged. */
final class SampleTexts {

    /** What a conversation is about, in the words of the first customer and of those who follow. */
    record Topic(String title, String firstMessage, String secondMessage) {}

    static final List<Topic> TOPICS = List.of(
            new Topic(
                    "Checkout fails with error 502",
                    "I cannot pay, the page shows error 502.",
                    "Payment page is broken?"),
            new Topic("Cannot log in after password reset", "The new password is not accepted.", "Still locked out."),
            new Topic("Invoice for August is missing", "I need the invoice for our books.", "Any news on the invoice?"),
            new Topic(
                    "Charged twice for one order",
                    "My card shows the amount twice.",
                    "Please refund the second charge."),
            new Topic("Parcel has not arrived", "Tracking has said 'in transit' for nine days.", "Where is my parcel?"),
            new Topic("App crashes on start", "Since the update it closes at once.", "Crash, Android 15."),
            new Topic("Export to CSV is empty", "The file has only the header row.", "The export does not work."),
            new Topic(
                    "Change of the billing address",
                    "We have moved, please change our address.",
                    "New address, see below."),
            new Topic("How do I add a teammate?", "Where can I invite a colleague?", "Question about seats"),
            new Topic("Webhook deliveries stopped", "No events since 14:00 UTC.", "Webhooks down?"),
            new Topic("Discount code not accepted", "SUMMER20 says 'not valid'.", "Code does not work"),
            new Topic("Wrong item delivered", "I ordered blue and got green.", "Wrong colour, order 88213"),
            new Topic("Delete my account", "Please remove all of my data.", "GDPR request, again"),
            new Topic("Two-factor code never arrives", "I do not get the text message.", "No SMS code"),
            new Topic("Slow dashboard since Monday", "Each page takes 20 seconds.", "Performance problem"),
            new Topic("Upgrade to the yearly plan", "Can we switch in the middle of a month?", "Yearly plan, pricing"),
            new Topic("Calendar sync duplicates events", "Every meeting is there twice.", "Sync trouble"),
            new Topic("Cannot open attachments", "PDF files show a white page.", "Attachments broken"),
            new Topic("Data import stuck at 99 %", "It has not moved for two hours.", "Import hangs"),
            new Topic("Cancel my subscription", "I no longer need the service.", "Second request to cancel"),
            new Topic("Return label requested", "I would like to send the shoes back.", "Label for a return"),
            new Topic("API answers 401 since today", "Our token worked yesterday.", "401 from the API"));

    static final List<String> REASONS = List.of(
            "same outage, reported by e-mail and chat",
            "customer wrote twice",
            "reply came in as a new conversation",
            "forwarded by a colleague of the customer",
            "same order, second e-mail",
            "web form sent twice",
            "follow-up to the closed ticket",
            "same person, other e-mail address",
            "chat was cut off, customer started again",
            "duplicate of the incident conversation");

    static final List<String> FIRST_NAMES = List.of(
            "Ann", "Bjørn", "Carla", "Dmitri", "Elif", "Femi", "Grace", "Hiroshi", "Inés", "Jamal", "Katja", "Liam",
            "Mei", "Noor", "Olga", "Pierre", "Quinn", "Rosa", "Sven", "Tara");

    static final List<String> LAST_NAMES = List.of(
            "Abara",
            "Berg",
            "Costa",
            "Dubois",
            "Ericsson",
            "Fischer",
            "García",
            "Haddad",
            "Ito",
            "Jansen",
            "Kowalski",
            "Lee",
            "Müller",
            "Novak",
            "O'Neil",
            "Patel",
            "Rossi");

    static final List<String> TEAMMATES = List.of("mara", "jonas", "priya", "support-bot");

    private SampleTexts() {}

    static <T> T pick(List<T> from, int number) {
        return from.get(Math.floorMod(number, from.size()));
    }

    static String name(int number) {
        return pick(FIRST_NAMES, number) + " " + pick(LAST_NAMES, number / FIRST_NAMES.size() + number * 7);
    }

    static String email(int number) {
        return "customer" + number + "@example.com";
    }
}
