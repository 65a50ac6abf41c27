using MailFlowBot.Conversing;

namespace MailFlowBot.Tests.Conversing;

public sealed class InterpreterTests
{
    [Theory]
    [InlineData("help")]
    [InlineData("?")]
    [InlineData("ヘルプ")]
    public void Help_is_asked_for_in_either_language(string text) => Assert.IsType<Intent.Help>(Interpreter.Interpret(text));

    [Theory]
    [InlineData("approve")]
    [InlineData("Do it!")]
    [InlineData("承認お願いします")]
    [InlineData("承認お願いします。")]
    public void Words_of_approval_carry_no_authority(string text) => Assert.IsType<Intent.Authority>(Interpreter.Interpret(text));

    [Theory]
    [InlineData("再起動")]
    [InlineData("restart it")]
    [InlineData("that server from before")]
    public void A_vague_restart_is_asked_back(string text) => Assert.IsType<Intent.VagueRestart>(Interpreter.Interpret(text));

    [Theory]
    [InlineData("thanks")]
    [InlineData("ありがとうございます！")]
    public void Thanks_are_chatter(string text) => Assert.IsType<Intent.Chatter>(Interpreter.Interpret(text));

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("---")]
    public void Nothing_readable_is_empty(string text) => Assert.IsType<Intent.Empty>(Interpreter.Interpret(text));

    [Fact]
    public void A_command_is_read_in_full_width_letters_too() => Assert.IsType<Intent.Status>(Interpreter.Interpret("ｓｔａｔｕｓ"));

    [Theory]
    [InlineData("stauts", "status")]
    [InlineData("serverz", "servers")]
    [InlineData("freze", "freeze")]
    public void A_near_miss_is_asked_back(string text, string meant) =>
        Assert.Equal(new Intent.DidYouMean(meant), Interpreter.Interpret(text));

    [Fact]
    public void A_pasted_log_that_begins_with_a_command_is_a_report() =>
        Assert.IsType<Intent.Report>(Interpreter.Interpret("status 421 4.3.2 Service not active\nlift\nfreeze"));

    [Fact]
    public void A_drill_is_named() => Assert.Equal(new Intent.Drill("dag-peer"), Interpreter.Interpret("drill dag-peer"));

    [Fact]
    public void A_note_may_have_several_lines() =>
        Assert.Equal(new Intent.Note("called the owner\nno answer"), Interpreter.Interpret("note called the owner\nno answer"));

    [Theory]
    [InlineData("users on EX03 say mail stays in Outbox, telnet gives 412 4.3.2 Service not active")]
    [InlineData("EX03 のメールが送信トレイに残ります")]
    [InlineData("\uD800 lone surrogate on EX03")]
    public void Everything_else_is_a_report(string text) => Assert.Equal(new Intent.Report(text), Interpreter.Interpret(text));
}
