package com.convmerge.cli;

public final class ConvmergeApplication {
    private ConvmergeApplication() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
