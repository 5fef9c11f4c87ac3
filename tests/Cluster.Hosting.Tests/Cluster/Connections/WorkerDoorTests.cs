using System.Text;
using Google.Protobuf;
using SearchCluster.Hosting.Cluster.Connections;

namespace SearchCluster.Hosting.Tests.Cluster.Connections;

/// <summary>Where messages of a worker may go, and frames that were not made by Akka.</summary>
[Trait("Promise", "S01")]
public sealed class WorkerDoorTests
{
    private const string Coordinator = "akka.tcp://searchcluster@10.0.0.5:8643";

    [Theory]
    [InlineData("/user/search-manager/search-manager", true)]
    [InlineData("/user/search-manager/search-manager#-17", true)]
    [InlineData("/user/search-manager/search-manager/manager/dispatcher#5", true)]
    [InlineData("/user/search-manager", false)]
    [InlineData("/user/search-manager/search-manager2", false)]
    [InlineData("/user/search-manager/search-manager/../../search-manager", false)]
    [InlineData("/user/search-manager/search-manager/../../../system/cluster/core/daemon", false)]
    [InlineData("/user//search-manager/search-manager/./..", false)]
    [InlineData("/system/cluster/core/daemon", false)]
    [InlineData("/system/cluster/heartbeatReceiver", false)]
    [InlineData("/system/remote-watcher", false)]
    [InlineData("/remote", false)]
    [InlineData("/", false)]
    [InlineData("", false)]
    public void A_worker_sends_to_the_search_manager_and_what_is_below_it(string path, bool isOpen)
    {
        var door = new WorkerDoor();

        (door.ObjectionTo(Frame(Coordinator + path)) is null).ShouldBe(isOpen);

        // Also after one that was let through, whose like is not looked at again.
        door.ObjectionTo(Frame($"{Coordinator}/user/search-manager/search-manager")).ShouldBeNull();
        (door.ObjectionTo(Frame(Coordinator + path)) is null).ShouldBe(isOpen);
    }

    [Fact]
    public void Who_is_refused_is_told_where_to_without_control_characters()
    {
        new WorkerDoor().ObjectionTo(Frame($"{Coordinator}/system/\u001b[31mred\n")).ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                objection => objection.ShouldStartWith($"it is a worker, but sent a message to {Coordinator}/system/"),
                objection => objection.ShouldNotContain("\u001b"),
                objection => objection.ShouldNotContain("\n"));
    }

    [Fact]
    public void What_has_no_recipient_passes_since_it_goes_nowhere()
    {
        new WorkerDoor().ObjectionTo(Part(2, Number(1, 3))).ShouldBeNull();
        new WorkerDoor().ObjectionTo(Part(1, Part(1, Number(1, 3)))).ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_frame_that_names_a_part_of_the_way_twice_is_none(int level)
    {
        var good = Encoding.UTF8.GetBytes($"{Coordinator}/user/search-manager/search-manager");
        var bad = Encoding.UTF8.GetBytes($"{Coordinator}/system/cluster/core/daemon");
        int[] way = [1, 2, 1, 1];

        ByteString Build(int depth, byte[] path) =>
            depth == way.Length ? ByteString.CopyFrom(path) : Part(way[depth], Build(depth + 1, path));

        ByteString Twice(int depth) => depth == level
            ? ByteString.CopyFrom([.. Build(depth, good).Span, .. Build(depth, bad).Span])
            : Part(way[depth], Twice(depth + 1));

        Should.Throw<InvalidDataException>(() => new WorkerDoor().ObjectionTo(Twice(0)));
    }

    [Fact]
    public void Garbage_is_no_frame() =>
        Should.Throw<InvalidDataException>(() => new WorkerDoor().ObjectionTo(ByteString.CopyFrom([0x0a, 0xff, 0xff, 0xff, 0x7f, 1])));

    private static ByteString Frame(string path) =>
        Part(1, ByteString.CopyFrom([
            .. Part(1, Number(1, 7)).Span,
            .. Part(2, ByteString.CopyFrom([
                .. Part(1, Part(1, ByteString.CopyFromUtf8(path))).Span,
                .. Part(2, ByteString.CopyFromUtf8("payload")).Span,
            ])).Span,
        ]));

    private static ByteString Part(int field, ByteString inner)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(inner);
        }

        return ByteString.CopyFrom(bytes.ToArray());
    }

    private static ByteString Number(int field, ulong number)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteUInt64(number);
        }

        return ByteString.CopyFrom(bytes.ToArray());
    }
}
