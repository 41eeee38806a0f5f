package com.convmerge.sandbox;

/** A teammate of the sandbox workspace. */
public record AdminView(String id, String name, String email) {}
