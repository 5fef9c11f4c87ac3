namespace SearchCluster.Artifacts.Tests;

public sealed class FolderArtifactStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("searchcluster-store-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void An_artifact_is_replaced_as_a_whole()
    {
        var store = new FolderArtifactStore(_root);
        store.Write("a/b.bin", stream => stream.Write([1, 2, 3]));
        store.Write("a/b.bin", stream => stream.Write([4]), ArtifactDurability.ProcessDeath);

        using (var read = store.OpenRead("a/b.bin")!)
        {
            read.Length.ShouldBe(1);
            read.ReadByte().ShouldBe(4);
        }

        store.Exists("a/b.bin").ShouldBeTrue();
        store.Delete("a/b.bin");
        store.OpenRead("a/b.bin").ShouldBeNull();
    }

    [Fact]
    [Trait("Promise", "R18")]
    public void A_write_that_fails_leaves_the_old_artifact_and_no_other_file()
    {
        var store = new FolderArtifactStore(_root);
        store.Write("a/b.bin", stream => stream.Write([1]));

        Should.Throw<IOException>(() => store.Write("a/b.bin", _ => throw new IOException("disk full")));

        using var read = store.OpenRead("a/b.bin")!;
        read.ReadByte().ShouldBe(1);
        Directory.GetFiles(Path.Combine(_root, "a")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("..%2f")]
    [InlineData("%2e%2e/")]
    [InlineData("..\\x")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\x")]
    [InlineData("\\\\?\\x")]
    [InlineData("a/../../b")]
    [InlineData("//etc")]
    [InlineData("a\0b")]
    [InlineData("CON")]
    [InlineData("a/nul.txt")]
    [InlineData("a.")]
    [InlineData("~")]
    [InlineData("a#b")]
    [InlineData("a∕b")]
    [InlineData(".hidden")]
    [Trait("Promise", "S07")]
    public void A_path_that_could_leave_the_root_is_refused_with_one_text(string path)
    {
        var refused = Should.Throw<ArtifactException>(() => new FolderArtifactStore(_root).OpenRead(path));

        refused.Code.ShouldBe("SC4100");
        refused.Message.ShouldBe(Should.Throw<ArtifactException>(() => ArtifactPath.Check(new string('a', 4096))).Message);
    }
}
