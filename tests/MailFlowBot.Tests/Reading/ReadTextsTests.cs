using System.Text;
using System.Text.Json;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Testing;

namespace MailFlowBot.Tests.Reading;

/// <summary>What the verb <c>read</c> takes and prints.</summary>
public class ReadTextsTests
{
    private static readonly ServerName[] Servers = [new("EX03")];

    [Fact]
    public async Task Prints_all_members_of_a_reading_with_the_id_as_given()
    {
        const string text = "EX03: 412 4.3.2 Service not active";

        var (right, printed) = await LinesAsync(Object("\"a-1\"", text));

        Assert.True(right);
        var reading = Assert.Single(printed);
        Assert.Equal(
            ["id", "language", "class", "confidence", "abstained", "candidates", "signals", "servers", "articles", "ask"],
            reading.EnumerateObject().Select(member => member.Name));
        Assert.Equal("a-1", reading.GetProperty("id").GetString());
        Assert.Equal("component_inactive", reading.GetProperty("class").GetString());
        Assert.Equal("EX03", Assert.Single(reading.GetProperty("servers").EnumerateArray()).GetString());
        Assert.Equal(JsonValueKind.Null, reading.GetProperty("ask").ValueKind);
        var signal = reading.GetProperty("signals").EnumerateArray().First(found => found.GetProperty("kind").GetString() == "smtp-reply");
        Assert.Equal("412 4.3.2", text.Substring(signal.GetProperty("start").GetInt32(), signal.GetProperty("length").GetInt32()));
        var because = reading.GetProperty("candidates")[0].GetProperty("because");
        Assert.Contains(because.EnumerateArray(), found => found.GetProperty("value").GetString() == "412 4.3.2");
    }

    [Fact]
    public async Task Keeps_the_order_and_goes_on_after_a_line_that_is_none()
    {
        var (right, printed) = await LinesAsync($"{Object("1", "one")}\nnonsense\n\n[]\n{{\"id\":4}}\n{{\"id\":5,\"text\":5}}\n{Object("6", "six")}\r\n");

        Assert.False(right);
        Assert.Equal([1, 2, 4, 5, 6, 6], printed.Select(line => line.TryGetProperty("line", out var at) ? at.GetInt32() : line.GetProperty("id").GetInt32()));
        Assert.Equal(4, printed[3].GetProperty("id").GetInt32());
        Assert.Equal(4, printed.Count(line => line.TryGetProperty("error", out var error) && error.GetString()!.Length > 10));
    }

    [Fact]
    public async Task A_line_beyond_the_limit_is_named_and_the_next_one_read()
    {
        var (right, printed) = await LinesAsync(new string('x', ReadTexts.LongestText + 1) + "\n" + Object("2", "two"));

        Assert.False(right);
        Assert.Equal(1, printed[0].GetProperty("line").GetInt32());
        Assert.Equal(2, printed[1].GetProperty("id").GetInt32());
    }

    [Theory]
    [InlineData(@"""\ud800 outbox""", 2)]
    [InlineData(@"""\udc00\ud800 outbox""", 3)]
    [InlineData(@"""\uD83D\uDE00 outbox""", 3)]
    [InlineData(@"""\\ud800 outbox""", 7)]
    public async Task Unpaired_surrogates_are_read_and_move_nothing(string text, int start)
    {
        var (right, printed) = await LinesAsync($"{{\"text\":{text.Replace("outbox", "452 4.3.1", StringComparison.Ordinal)}}}");

        Assert.True(right);
        var signal = printed[0].GetProperty("signals").EnumerateArray().First(found => found.GetProperty("kind").GetString() == "smtp-reply");
        Assert.Equal(start, signal.GetProperty("start").GetInt32());
        Assert.Equal(JsonValueKind.Null, printed[0].GetProperty("id").ValueKind);
    }

    [Fact]
    public async Task A_whole_input_is_one_text_and_the_question_speaks_the_wanted_language()
    {
        using var output = new MemoryStream();
        await new ReadTexts(Servers, "ja").WholeAsync(new StringReader("mail stays\nin Outbox"), output, default);

        var reading = Assert.Single(Printed(output));
        Assert.Equal(JsonValueKind.Null, reading.GetProperty("class").ValueKind);
        Assert.Contains("ですか", reading.GetProperty("ask").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documented_example_is_what_is_printed()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(References.Root, "docs", "formats.md"));
        var section = document[document.IndexOf("## read\n", StringComparison.Ordinal)..];
        var command = section.IndexOf("echo '", StringComparison.Ordinal) + "echo '".Length;
        var text = section[command..section.IndexOf('\'', command)];
        var from = section.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        using var documented = JsonDocument.Parse(section[from..section.IndexOf("\n```", from, StringComparison.Ordinal)]);
        using var output = new MemoryStream();

        await new ReadTexts(Servers, null).WholeAsync(new StringReader(text + "\n"), output, default);

        Assert.True(JsonElement.DeepEquals(documented.RootElement, Assert.Single(Printed(output))), Encoding.UTF8.GetString(output.ToArray()));
    }

    private static string Object(string id, string text) => $"{{\"id\":{id},\"text\":{JsonSerializer.Serialize(text)}}}";

    private static async Task<(bool Right, IReadOnlyList<JsonElement> Printed)> LinesAsync(string input)
    {
        using var output = new MemoryStream();
        var right = await new ReadTexts(Servers, null).LinesAsync(new StringReader(input), output, default);
        return (right, Printed(output));
    }

    private static List<JsonElement> Printed(MemoryStream output) =>
    [
        .. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.Clone()),
    ];
}
