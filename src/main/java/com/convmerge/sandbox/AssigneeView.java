package com.convmerge.sandbox;

/**
 * Who a conversation was assigned to.
 *
 * @param type admin or team
 */
public record AssigneeView(String type, String id) {}
