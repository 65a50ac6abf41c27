using System.Formats.Asn1;
using System.Text;
using MailFlowBot.Lab.Accounts;

namespace MailFlowBot.Lab.Injection;

/// <summary>The token of a server whose clock is far from the ticket's: KRB-ERROR 37 (RFC 4120 5.9.1, RFC 1964 1.1).</summary>
internal static class SkewAnswer
{
    private const int Skew = 37;
    private const string KerberosMechanism = "1.2.840.113554.1.2.2";

    /// <summary>For the scheme Kerberos bare, for Negotiate inside SPNEGO (RFC 4178 4.2.2).</summary>
    public static byte[] For(string scheme)
    {
        var token = Framed(Error());
        return scheme.Equals("Kerberos", StringComparison.OrdinalIgnoreCase) ? token : Answer(token);
    }

    private static byte[] Error()
    {
        var to = new AsnWriter(AsnEncodingRules.DER);
        using (to.PushSequence(new Asn1Tag(TagClass.Application, 30)))
        using (to.PushSequence())
        {
            Number(to, 0, 5);
            Number(to, 1, 30);
            using (to.PushSequence(Tag(4)))
                to.WriteGeneralizedTime(DateTimeOffset.UtcNow.AddHours(-1), omitFractionalSeconds: true);
            Number(to, 5, 0);
            Number(to, 6, Skew);
            using (to.PushSequence(Tag(9)))
                Text(to, LabAccount.Domain.ToUpperInvariant());
            using (to.PushSequence(Tag(10)))
            using (to.PushSequence())
            {
                Number(to, 0, 3);
                using (to.PushSequence(Tag(1)))
                using (to.PushSequence())
                {
                    Text(to, "HTTP");
                    Text(to, "localhost");
                }
            }
        }

        return to.Encode();
    }

    private static byte[] Framed(byte[] error)
    {
        var mechanism = new AsnWriter(AsnEncodingRules.DER);
        mechanism.WriteObjectIdentifier(KerberosMechanism);
        byte[] content = [.. mechanism.Encode(), 3, 0, .. error];
        var length = new AsnWriter(AsnEncodingRules.DER);
        length.WriteOctetString(content);
        var framed = length.Encode();
        framed[0] = 0x60;
        return framed;
    }

    private static byte[] Answer(byte[] token)
    {
        var to = new AsnWriter(AsnEncodingRules.DER);
        using (to.PushSequence(Tag(1)))
        using (to.PushSequence())
        {
            using (to.PushSequence(Tag(0)))
                to.WriteEnumeratedValue(State.Incomplete);
            using (to.PushSequence(Tag(1)))
                to.WriteObjectIdentifier(KerberosMechanism);
            using (to.PushSequence(Tag(2)))
                to.WriteOctetString(token);
        }

        return to.Encode();
    }

    private enum State
    {
        Completed,
        Incomplete,
    }

    private static void Number(AsnWriter to, int tag, int value)
    {
        using (to.PushSequence(Tag(tag)))
            to.WriteInteger(value);
    }

    // GeneralString, which the writer does not know.
    private static void Text(AsnWriter to, string text) => to.WriteEncodedValue([0x1B, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)]);

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number);
}
