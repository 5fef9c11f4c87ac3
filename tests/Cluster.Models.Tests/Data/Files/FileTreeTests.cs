using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Registry;

namespace SearchCluster.Models.Tests.Data.Files;

public sealed class FileTreeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-tree-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Entries_that_lead_out_of_an_archive_are_left_out_and_counted()
    {
        var zip = Zip(
            "a.zip",
            ("../evil.csv", "x"),
            ("/etc/evil.csv", "x"),
            ("C:\\evil.csv", "x"),
            ("in/./deep/../train.csv", "a,b\n1,2\n"),
            ("in\\val.csv", "a,b\n3,4\n"));
        var tar = Tar("a.tar", false, writer =>
        {
            Entry(writer, "../evil.csv", "x");
            Entry(writer, "./in/train.csv", "y");
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "in/link.csv") { LinkName = "/etc/passwd" });
        });

        var (zipped, tarred) = (FileTree.Open(zip), FileTree.Open(tar));

        zipped.Paths.ShouldBe(["in/train.csv", "in/val.csv"], ignoreOrder: true);
        zipped.Notes.ShouldHaveSingleItem().ShouldContain("3 entries with a path that leads out of the archive left out (../evil.csv)");
        tarred.Paths.ShouldHaveSingleItem().ShouldEndWith("train.csv");
        tarred.Notes.Count.ShouldBe(2);
        tarred.Notes[1].ShouldContain("1 link or device left out");
    }

    [Fact]
    public void The_last_entry_of_a_path_counts_and_is_told()
    {
        var tree = FileTree.Open(Tar("a.tar", false, writer =>
        {
            Entry(writer, "x/1.txt", "old");
            Entry(writer, "x/1.txt", "new");
        }));

        tree.Read(tree.Paths.Single()).ShouldBe(Encoding.UTF8.GetBytes("new"));
        tree.Notes.ShouldHaveSingleItem().ShouldContain("1 entry replaces an earlier one");
    }

    [Theory]
    [InlineData("whole.tar", false)]
    [InlineData("whole.tar.gz", true)]
    public void An_archive_that_was_cut_anywhere_is_refused(string name, bool isGzipped)
    {
        var path = Tar(
            name,
            isGzipped,
            writer => Enumerable.Range(0, 4).ToList().ForEach(i => Entry(writer, $"{i}.txt", new string((char)('a' + i), 700))));
        var whole = File.ReadAllBytes(path);
        FileTree.Open(path).Paths.Count().ShouldBe(4);

        // The blocks of zeros at the end of a plain archive are one too many: without the last it is whole.
        var last = isGzipped ? whole.Length - 1 : whole.Length - 1_024;
        foreach (var length in Enumerable.Range(1, 40).Select(i => i * last / 40).Distinct())
        {
            File.WriteAllBytes(path, whole[..length]);
            Should.Throw<DataException>(() => FileTree.Open(path), $"{length} of {whole.Length} bytes").Code.ShouldBe("SC3122");
        }
    }

    [Fact]
    public void Zip_archives_are_checked_by_their_sums()
    {
        var path = Zip("a.zip", ("1.txt", new string('a', 50)));
        var whole = File.ReadAllBytes(path);
        FileTree.Open(path).Paths.ShouldBe(["1.txt"]);

        // Stored bytes begin behind a header of 30 bytes and the name.
        File.WriteAllBytes(path, [.. whole[..40], (byte)(whole[40] ^ 1), .. whole[41..]]);
        Should.Throw<DataException>(() => FileTree.Open(path)).Code.ShouldBe("SC3122");
        File.WriteAllBytes(path, whole[..^30]);
        Should.Throw<DataException>(() => FileTree.Open(path)).Code.ShouldBe("SC3122");
    }

    [Fact]
    public void A_file_behind_a_link_is_read_and_compared_by_what_it_leads_to()
    {
        var file = Path.Combine(_folder, "rows.csv");
        File.WriteAllText(file, "a,b\n1,2\n");
        var link = File.CreateSymbolicLink(Path.Combine(_folder, "link.csv"), "rows.csv").FullName;
        var further = File.CreateSymbolicLink(Path.Combine(_folder, "further.csv"), link).FullName;

        DataFiles.Read(further, 1_000).ShouldBe(File.ReadAllBytes(file));
        FileStamp.Of(further).ShouldBe(FileStamp.Of(file));
        ManifestReading.Read(further, null, CancellationToken.None)
            .HashOf(false)
            .ShouldBe(ManifestReading.Read(file, null, CancellationToken.None).HashOf(false));
        Should.Throw<DataException>(() => DataFiles.Read(further, 5)).Code.ShouldBe("SC3011");
        File.Delete(file);
        Should.Throw<DataException>(() => DataFiles.Read(further, 1_000)).Code.ShouldBe("SC3000");
    }

    [Fact]
    public void A_folder_behind_a_link_is_walked()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "real", "a"));
        File.WriteAllText(Path.Combine(_folder, "real", "a", "1.txt"), "x");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "link"), Path.Combine(_folder, "real"));

        FileTree.Open(Path.Combine(_folder, "link")).Paths.ShouldBe(["a/1.txt"]);
        FileTree.Open(Path.Combine(_folder, "link")).Notes.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_moves_to_another_folder_changes_the_stamp()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "a"));
        Directory.CreateDirectory(Path.Combine(_folder, "b"));
        File.WriteAllText(Path.Combine(_folder, "a", "1.txt"), "x");
        foreach (var folder in new[] { _folder, Path.Combine(_folder, "a"), Path.Combine(_folder, "b") })
        {
            Directory.SetLastWriteTimeUtc(folder, new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        File.SetLastWriteTimeUtc(Path.Combine(_folder, "a", "1.txt"), new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var before = FileStamp.Of(_folder);

        File.Move(Path.Combine(_folder, "a", "1.txt"), Path.Combine(_folder, "b", "1.txt"));

        FileStamp.Of(_folder).ShouldNotBe(before);
    }

    [Fact]
    public async Task What_is_no_regular_file_is_refused_before_it_is_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes of Unix");
        var pipe = Path.Combine(_folder, "pipe.csv");
        using (var process = Process.Start("mkfifo", pipe))
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        foreach (var (path, kind) in new[] { (pipe, "a named pipe"), ("/dev/zero", "a device"), (_folder, "a folder") })
        {
            var refused = Should.Throw<DataException>(() => DataFiles.Read(path, 1_000));
            refused.Code.ShouldBe("SC3300");
            refused.Message.ShouldContain($"is {kind}");
        }

        Should.Throw<DataException>(() => ManifestReading.Read(pipe, null, CancellationToken.None)).Code.ShouldBe("SC3300");
        FileTree.Open(_folder).Notes.ShouldHaveSingleItem().ShouldContain("1 named pipe, device or socket left out");
        RegularFile.Obstacle(Path.Combine(_folder, "nothing")).ShouldBeNull();
    }

    private static void Entry(TarWriter writer, string name, string text) =>
        writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });

    private string Tar(string name, bool isGzipped, Action<TarWriter> write)
    {
        var path = Path.Combine(_folder, name);
        using var file = File.Create(path);
        using var packed = isGzipped ? new GZipStream(file, CompressionLevel.Optimal) : (Stream)file;
        using var writer = new TarWriter(packed);
        write(writer);
        return path;
    }

    private string Zip(string name, params (string Name, string Text)[] entries)
    {
        var path = Path.Combine(_folder, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (entry, text) in entries)
        {
            using var stream = zip.CreateEntry(entry, CompressionLevel.NoCompression).Open();
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return path;
    }
}
