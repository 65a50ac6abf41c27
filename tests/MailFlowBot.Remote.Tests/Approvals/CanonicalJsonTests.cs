using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Tests.Approvals;

public sealed class CanonicalJsonTests
{
    // RFC 8785 appendix B, table "ECMAScript-Compatible JSON Number Serialization Samples".
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Writes_a_double_as_the_samples_of_the_RFC_do(ulong bits, string expected) =>
        Assert.Equal(expected, Text(JsonValue.Create(BitConverter.UInt64BitsToDouble(bits))));

    [Fact]
    public void Sorts_members_by_UTF_16_units_and_escapes_as_little_as_the_RFC_allows()
    {
        // Own case for RFC 8785 3.2.3: a surrogate pair sorts before U+FB33, because its first unit is smaller.
        var json = new JsonObject { ["\uFB33"] = 1, ["\U0001F600"] = 2, ["é"] = 3, ["\r"] = 4, ["1"] = 5, ["\u0080"] = 6 };

        Assert.Equal("{\"\\r\":4,\"1\":5,\"\u0080\":6,\"é\":3,\"\U0001F600\":2,\"\uFB33\":1}", Text(json));
        Assert.Equal("\"\\b\\t\\n\\f\\r\\\"\\\\\\u0000\\u001f\u007f/€\"", Text(JsonValue.Create("\b\t\n\f\r\"\\\0\u001f\u007f/€")));
    }

    [Fact]
    public void Writes_the_same_bytes_whatever_white_space_and_order_came_in()
    {
        using var spaced = JsonDocument.Parse("{ \"b\" : [ 1.50, true, null ] , \"a\" : { } }");

        Assert.Equal("{\"a\":{},\"b\":[1.5,true,null]}", Encoding.UTF8.GetString(CanonicalJson.Serialize(spaced.RootElement)));
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("[1e400]")]
    [InlineData("[\"\\ud800\"]")]
    public void Refuses_what_has_no_canonical_form(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Serialize(document.RootElement));
    }

    [Fact]
    public void Refuses_values_that_are_not_JSON_and_nesting_without_end()
    {
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Serialize(JsonValue.Create("\ud800")));
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Serialize(JsonValue.Create(Guid.Empty)));
        JsonNode deep = new JsonArray();
        for (var i = 0; i < 1000; i++)
            deep = new JsonArray(deep);
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Serialize(deep));
    }

    [Fact]
    public void Every_finite_double_reads_back_as_itself() => Prop.ForAll<double>(value =>
    {
        if (!double.IsFinite(value))
            return true;
        var text = Text(JsonValue.Create(value));
        return double.Parse(text, CultureInfo.InvariantCulture) == value
            && !text.Contains('E', StringComparison.Ordinal)
            && !text.Contains(".0e", StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_bit_pattern_of_a_double_reads_back_as_itself() => Prop.ForAll<ulong>(bits =>
    {
        var value = BitConverter.UInt64BitsToDouble(bits * 0x9E3779B97F4A7C15);
        return !double.IsFinite(value) || double.Parse(Text(JsonValue.Create(value)), CultureInfo.InvariantCulture) == value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Writing_what_was_written_changes_nothing() => Prop.ForAll<NonNull<string>, int, bool>((text, number, truth) =>
    {
        if (text.Get.Any(char.IsSurrogate))
            return true;
        var once = CanonicalJson.Serialize(new JsonObject { [text.Get] = number, ["z" + text.Get] = new JsonArray(text.Get, truth) });
        return once.SequenceEqual(CanonicalJson.Serialize(JsonNode.Parse(once)));
    }).QuickCheckThrowOnFailure();

    private static string Text(JsonNode? node) => Encoding.UTF8.GetString(CanonicalJson.Serialize(node));
}
