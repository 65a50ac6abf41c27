using System.Buffers;

namespace MailFlowBot.Incidents;

/// <summary>Secrets that are named: <c>password=…</c>, <c>"apiKey": "…"</c>, <c>-Password …</c>, <c>パスワードは…です</c>.</summary>
internal static class RedactionKeys
{
    private static readonly string[] Phrases = ["passphrase", "パスフレーズ", "合言葉"];

    private static readonly string[] Passwords =
        ["password", "passwd", "pwd", "pw", "passcode", .. Phrases, "パスワード", "ﾊﾟｽﾜｰﾄﾞ", "暗証番号"];

    private static readonly string[] Keys =
    [
        "secret", "apikey", "api_key", "api-key", "api key", "access_key", "accesskey", "access key", "accountkey", "account key",
        "sharedaccesskey", "sharedaccesssignature", "private_key", "privatekey", "token", "sig", "シークレット", "アクセスキー", "トークン",
        "共有キー", "秘密鍵", "APIキー",
    ];

    private static readonly string[] WholeLines = ["authorization", "set-cookie", "cookie"];

    private static readonly string[] Names = [.. Passwords.Concat(Keys).Concat(WholeLines).OrderByDescending(name => name.Length)];

    private static readonly SearchValues<string> Search = SearchValues.Create(Names, StringComparison.OrdinalIgnoreCase);

    /// <summary>What stands behind such a name when somebody writes about it instead of giving it away.</summary>
    private static readonly string[] Remarks =
    [
        "expired", "incorrect", "invalid", "wrong", "required", "blank", "empty", "none", "null", "n/a", "unknown", "changed",
        "reset", "true", "false", "yes", "no", "ok", "not", "missing", "same", "correct", "rejected", "accepted", "valid",
        "never", "the", "a", "is",
        "期限", "不明", "なし", "変更", "未設定", "忘れ", "必須", "同じ", "無し", "有効", "無効", "正し", "間違", "違",
    ];

    private static readonly SearchValues<char> Stops = SearchValues.Create(" \t\r\n\"'`<>|。、」』");

    private static readonly SearchValues<char> Masks = SearchValues.Create("*•●.-_ ");

    private static readonly SearchValues<char> VariableName =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_:.%}$){");

    private static readonly SearchValues<char> Signs = SearchValues.Create("0123456789!#$%&*+=@^_~?");

    /// <summary>Arbitrary; the longest tokens of Entra stay below it.</summary>
    private const int LongestValue = 16 * 1024;

    public static void Find(string text, List<RedactedPart> found)
    {
        var at = 0;
        while (at < text.Length)
        {
            var next = text.AsSpan(at).IndexOfAny(Search);
            if (next < 0)
                return;
            at += next;
            var here = at;
            var name = Array.Find(Names, name => text.AsSpan(here).StartsWith(name, StringComparison.OrdinalIgnoreCase))!;
            var before = found.Count;
            if (Stands(text, at, name))
                FindValue(text, at, name, found);
            // A value is not searched for names again: "password=password=password=…" is read once.
            at = found.Count > before ? Math.Max(found[^1].End, at + name.Length) : at + name.Length;
        }
    }

    /// <summary>Has a digit or a sign and is more than a number: no word of prose.</summary>
    public static bool LooksSecret(ReadOnlySpan<char> value)
    {
        value = value.TrimEnd(".,;:!?)");
        return value.Length >= 4 && value.ContainsAny(Signs) && value.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>Masks the value that begins at <paramref name="start"/>, unless it is a variable, a mask or a remark.</summary>
    /// <param name="assigned">
    /// True behind an equals sign: then the value ends where the next pair of a connection string or query begins.
    /// </param>
    public static void AddValue(string text, int start, bool assigned, List<RedactedPart> found, int least = 1)
    {
        if (start >= text.Length || text[start] is '\r' or '\n')
            return;
        var quote = Closing(text[start]);
        if (quote != '\0')
        {
            var close = text.AsSpan(start + 1, RedactionText.LineEnd(text, start + 1, LongestValue) - start - 1).IndexOf(quote);
            start++;
            if (close >= 0)
            {
                Add(text, start, start + close, least, found);
                return;
            }
        }

        var reach = Math.Min(LongestValue, text.Length - start);
        var length = text.AsSpan(start, reach).IndexOfAny(Stops);
        var end = start + (length < 0 ? reach : length);
        // "Password: Summer2026です": a value in ASCII ends where Japanese begins.
        if (end > start && char.IsAscii(text[start])
            && text.AsSpan(start, end - start).IndexOfAnyExceptInRange('\0', '\x7f') is var cut and >= 0)
            end = start + cut;
        if (assigned && text.AsSpan(start, end - start).IndexOfAny(';', '&') is var pair and >= 0)
            end = start + pair;
        while (end > start && text[end - 1] is '.' or ',' or ';' or ')' or ']' or '}' && text[start] != '[')
            end--;
        Add(text, start, end, least, found);
    }

    // Short names must be words of their own (a "pw" is in many), and .NET's PublicKeyToken is public.
    private static bool Stands(string text, int at, string name)
    {
        if (name is "token" && text.AsSpan(Math.Max(0, at - 9), Math.Min(9, at)).Equals("PublicKey", StringComparison.OrdinalIgnoreCase))
            return false;
        if (name is "sig")
            return at > 0 && text[at - 1] is '?' or '&' or ';';
        if (WholeLines.Contains(name))
            return RedactionText.BeginsLine(text, at)
                || (at >= 6 && text.AsSpan(at - 6, 6).Equals("proxy-", StringComparison.OrdinalIgnoreCase));
        return name.Length > 4 || at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]);
    }

    private static void FindValue(string text, int at, string name, List<RedactedPart> found)
    {
        var least = Passwords.Contains(name) ? 1 : 6;
        var behind = at + name.Length;
        var parameter = at > 0 && text[at - 1] == '-' && behind < text.Length && text[behind] is ' ' or '\t';
        if (behind < text.Length && text[behind] is '"' or '\'')
            behind++;
        var sign = RedactionText.SkipBlanks(text, behind);
        if (sign >= text.Length)
            return;
        if (text[sign] is ':' or '=' or '>')
        {
            var start = RedactionText.SkipBlanks(text, sign + (text.AsSpan(sign).StartsWith("=>") ? 2 : 1));
            if (WholeLines.Contains(name) || Phrases.Contains(name))
                Add(text, start, RedactionText.LineEnd(text, start, LongestValue), least, found);
            else if (start < text.Length && text[start] is '\r' or '\n')
                AddNextLine(text, start, found);
            else
                AddValue(text, start, text[sign] == '=', found, least);
        }
        else if (text.AsSpan(sign).StartsWith("value=", StringComparison.OrdinalIgnoreCase))
        {
            AddValue(text, sign + "value=".Length, assigned: true, found, least);
        }
        else if (parameter && text[sign] is not ('-' or '$' or '('))
        {
            AddValue(text, sign, assigned: false, found, least);
        }
        else
        {
            FindInSentence(text, sign, found);
        }
    }

    // "the password is Summer2026!", "パスワードは Summer2026! です": only what looks like one.
    private static void FindInSentence(string text, int at, List<RedactedPart> found)
    {
        var rest = text.AsSpan(at);
        var verb = rest.StartsWith("is ", StringComparison.OrdinalIgnoreCase) ? 3
            : rest.StartsWith("was ", StringComparison.OrdinalIgnoreCase) ? 4
            : rest[0] is 'は' or 'が' or 'を' ? 1
            : 0;
        if (verb == 0)
            return;
        var start = RedactionText.SkipBlanks(text, at + verb);
        if (start < text.Length && text[start] is ':' or '=')
            start = RedactionText.SkipBlanks(text, start + 1);
        if (start >= text.Length)
            return;
        var open = Closing(text[start]) != '\0' ? start + 1 : start;
        var end = open;
        while (end < text.Length && end - open < LongestValue && text[end] is > ' ' and <= '~')
            end++;
        if (LooksSecret(text.AsSpan(open, end - open)))
            AddValue(text, start, assigned: false, found);
    }

    private static void AddNextLine(string text, int lineEnd, List<RedactedPart> found)
    {
        var start = RedactionText.SkipBlanks(text, RedactionText.NextLine(text, lineEnd));
        var line = text.AsSpan(start, RedactionText.LineEnd(text, start, LongestValue) - start).TrimEnd();
        if (line.IndexOfAny(' ', '\t', ':') < 0 && LooksSecret(line))
            Add(text, start, start + line.Length, 1, found);
    }

    private static void Add(string text, int start, int end, int least, List<RedactedPart> found)
    {
        var value = text.AsSpan(start, end - start);
        if (value.Length < least || !value.ContainsAnyExcept(Masks) || IsMarked(value) || IsVariable(value) || IsRemark(value))
            return;
        found.Add(new RedactedPart(start, end, RedactedKind.Secret));
    }

    private static bool IsMarked(ReadOnlySpan<char> value) => value.TrimStart().StartsWith("[secret]");

    // $password, %PASSWORD%, $env:PASSWORD, {password}
    private static bool IsVariable(ReadOnlySpan<char> value) =>
        value[0] is '$' or '%' or '{' or '(' && !value[1..].ContainsAnyExcept(VariableName);

    private static bool IsRemark(ReadOnlySpan<char> value)
    {
        foreach (var remark in Remarks)
        {
            if (char.IsAscii(remark[0])
                ? value.TrimEnd(".,;!?").Equals(remark, StringComparison.OrdinalIgnoreCase)
                : value.StartsWith(remark, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static char Closing(char opening) => opening switch
    {
        '"' => '"',
        '\'' => '\'',
        '`' => '`',
        '「' => '」',
        '『' => '』',
        _ => '\0',
    };
}
