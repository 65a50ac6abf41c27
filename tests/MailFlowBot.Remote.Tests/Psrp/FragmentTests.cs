using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Tests.Psrp;

public sealed class FragmentTests
{
    private static readonly PsrpLimits Small = new(MaxObjectBytes: 1000, MaxTotalBytes: 5000);

    [Fact]
    public void Whatever_is_cut_is_joined_again_at_any_fragment_size_and_in_any_pieces() =>
        Prop.ForAll<byte[][], PositiveInt, PositiveInt>((messages, blob, piece) =>
        {
            var fragmenter = new Fragmenter { BlobSize = blob.Get };
            var wire = messages.SelectMany(message => fragmenter.Cut(message)).SelectMany(fragment => fragment.ToArray()).ToArray();
            var defragmenter = new Defragmenter(PsrpLimits.Default);
            var joined = wire.Chunk(piece.Get).SelectMany(part => defragmenter.Receive(part)).Select(message => message.ToArray()).ToList();
            return joined.Count == messages.Length && joined.Zip(messages).All(pair => pair.First.SequenceEqual(pair.Second)) && !defragmenter.HasPending;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_header_is_written_as_the_specification_draws_it()
    {
        var bytes = new byte[FragmentHeader.Size];

        new FragmentHeader(0x0102030405060708, 9, Start: true, End: false, 0x0A0B0C0D).Write(bytes);

        Assert.Equal("010203040506070800000000000000090" + "10A0B0C0D", Convert.ToHexString(bytes));
        Assert.Equal(new FragmentHeader(0x0102030405060708, 9, true, false, 0x0A0B0C0D), FragmentHeader.Read(bytes));
    }

    [Theory]
    [InlineData("object 0", 0, 0, true, true)]
    [InlineData("a start with fragment 1", 1, 1, true, true)]
    [InlineData("no start", 1, 0, false, true)]
    public void Refuses_a_first_fragment_with(string what, ulong objectId, ulong fragmentId, bool start, bool end)
    {
        var refused = Assert.Throws<PsrpException>(() => new Defragmenter(Small).Receive(Fragment(objectId, fragmentId, start, end, 3)));

        Assert.True(refused.Fault == PsrpFault.BadFragment, what);
    }

    [Theory]
    [InlineData("a gap", 1, 2, false)]
    [InlineData("a repetition", 1, 0, false)]
    [InlineData("another object", 2, 1, false)]
    [InlineData("a second start", 1, 1, true)]
    [InlineData("a start of another object", 2, 0, true)]
    public void Refuses_inside_an_object(string what, ulong objectId, ulong fragmentId, bool start)
    {
        var defragmenter = new Defragmenter(Small);
        Assert.Empty(defragmenter.Receive(Fragment(1, 0, true, false, 3)));

        var refused = Assert.Throws<PsrpException>(() => defragmenter.Receive(Fragment(objectId, fragmentId, start, true, 3)));

        Assert.True(refused.Fault == PsrpFault.BadFragment, what);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    public void Refuses_an_object_that_came_before_or_twice(ulong objectId)
    {
        var defragmenter = new Defragmenter(Small);
        Assert.Single(defragmenter.Receive(Fragment(5, 0, true, true, 3)));

        Assert.Throws<PsrpException>(() => defragmenter.Receive(Fragment(objectId, 0, true, true, 3)));
    }

    [Fact]
    public void Accepts_gaps_between_objects_and_empty_ones()
    {
        var defragmenter = new Defragmenter(Small);

        Assert.Equal([3, 0, 3], [.. ((ulong[])[1, 7, 9]).SelectMany(id => defragmenter.Receive(Fragment(id, 0, true, true, id == 7 ? 0 : 3))).Select(m => m.Length)]);
    }

    [Fact]
    public void Refuses_a_gigabyte_by_its_announcement_and_holds_nothing_of_it()
    {
        var header = new byte[FragmentHeader.Size];
        new FragmentHeader(1, 0, true, true, 1 << 30).Write(header);

        var refused = Assert.Throws<PsrpException>(() => new Defragmenter(PsrpLimits.Default).Receive(header));

        Assert.Equal(PsrpFault.TooLarge, refused.Fault);
    }

    [Fact]
    public void Refuses_an_object_that_grows_over_its_cap_by_many_fragments()
    {
        var defragmenter = new Defragmenter(Small);
        Assert.Empty(defragmenter.Receive(Fragment(1, 0, true, false, 600)));

        var refused = Assert.Throws<PsrpException>(() => defragmenter.Receive(Fragment(1, 1, false, false, 401)));

        Assert.Equal(PsrpFault.TooLarge, refused.Fault);
    }

    [Fact]
    public void Refuses_a_stream_that_never_ends()
    {
        var defragmenter = new Defragmenter(Small);

        for (ulong id = 1; id <= 41; id++)
            Assert.Single(defragmenter.Receive(Fragment(id, 0, true, true, 100)));

        Assert.Equal(PsrpFault.TooLarge, Assert.Throws<PsrpException>(() => defragmenter.Receive(Fragment(42, 0, true, true, 100))).Fault);
    }

    [Fact]
    public void Says_when_the_stream_ended_inside_an_object()
    {
        var whole = Fragment(1, 0, true, true, 10);
        for (var length = 1; length < whole.Length; length++)
        {
            var defragmenter = new Defragmenter(Small);
            Assert.Empty(defragmenter.Receive(whole.AsSpan(0, length)));
            Assert.Equal(PsrpFault.Truncated, Assert.Throws<PsrpException>(defragmenter.Complete).Fault);
        }
    }

    internal static byte[] Fragment(ulong objectId, ulong fragmentId, bool start, bool end, int length)
    {
        var bytes = new byte[FragmentHeader.Size + length];
        new FragmentHeader(objectId, fragmentId, start, end, (uint)length).Write(bytes);
        return bytes;
    }
}
