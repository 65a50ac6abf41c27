namespace MailFlowBot.Lab.Authentication;

/// <summary>RC4 as a running key stream: NTLM seals one message after the other with it (MS-NLMP 3.4.3).</summary>
internal sealed class Rc4
{
    private readonly byte[] _box = new byte[256];
    private byte _i;
    private byte _j;

    public Rc4(ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < _box.Length; i++)
            _box[i] = (byte)i;
        byte j = 0;
        for (var i = 0; i < _box.Length; i++)
        {
            j += (byte)(_box[i] + key[i % key.Length]);
            (_box[i], _box[j]) = (_box[j], _box[i]);
        }
    }

    public byte[] Transform(ReadOnlySpan<byte> text)
    {
        var result = new byte[text.Length];
        for (var at = 0; at < text.Length; at++)
        {
            _j += _box[++_i];
            (_box[_i], _box[_j]) = (_box[_j], _box[_i]);
            result[at] = (byte)(text[at] ^ _box[(byte)(_box[_i] + _box[_j])]);
        }

        return result;
    }
}
