using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests.State;

[Trait("Promise", "S09")]
public sealed class ClusterKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_that_ask_at_once_for_the_first_key_get_the_same_one_and_only_its_owner_can_read_it()
    {
        var proofs = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8)
            .Select(_ => Convert.ToHexString(ClusterKey.LoadOrCreate(_folder.State).Prove("x"u8))).Distinct().ToList();

        proofs.Count.ShouldBe(1);
        File.ReadAllText(_folder.State.KeyFile).ShouldMatch("^sck_[0-9a-f]{64}\n$");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder.State.KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            ClusterKey.IsOpenToOthers(_folder.State).ShouldBeFalse();
        }
    }

    [Fact]
    public void Two_keys_prove_differently_and_neither_is_ever_shown()
    {
        var (one, other) = (ClusterKey.Create(), ClusterKey.Create());

        one.Prove("x"u8).ShouldNotBe(other.Prove("x"u8));
        one.ToString().ShouldBe("sck_…");
    }

    [Fact]
    public void A_worker_makes_no_key_of_its_own()
    {
        var missing = Should.Throw<ClusterKeyException>(() => ClusterKey.Load(_folder.State));

        missing.IsMissing.ShouldBeTrue();
        missing.Message.ShouldStartWith($"There is no key of a cluster at {_folder.State.KeyFile}.");
        missing.Message.ShouldContain("--state");
        File.Exists(_folder.State.KeyFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("sck_")]
    [InlineData("sck_00112233445566778899aabbccddeeff00112233445566778899aabbccddee")]
    [InlineData("sck_zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    public void A_damaged_key_is_told_with_its_file_the_rule_and_a_way_out(string content)
    {
        _folder.State.Create();
        File.WriteAllText(_folder.State.KeyFile, content);

        var damaged = Should.Throw<ClusterKeyException>(() => ClusterKey.LoadOrCreate(_folder.State));

        damaged.IsMissing.ShouldBeFalse();
        damaged.Message.ShouldStartWith($"{_folder.State.KeyFile} holds no key of a cluster (one line: sck_ and 64 hexadecimal digits).");
        damaged.Message.ShouldContain("Delete the file");
        File.ReadAllText(_folder.State.KeyFile).ShouldBe(content);
    }

    [Fact]
    public void What_is_no_file_is_told_with_its_path()
    {
        Directory.CreateDirectory(_folder.State.KeyFile);

        Should.Throw<StateFolderException>(() => ClusterKey.Load(_folder.State)).Message
            .ShouldContain($"{_folder.State.KeyFile} is a folder");
    }
}
