using System.Formats.Tar;
using System.IO.Compression;
using SearchCluster.Cli.Tests.EndToEnd;

namespace SearchCluster.Cli.Tests.Conformance;

/// <summary>One way in which people hand over what lies in a file or a folder.</summary>
/// <param name="Name">For the test's name.</param>
/// <param name="IsOfFiles">Whether a file can take it.</param>
/// <param name="IsOfFolders">Whether a folder can take it.</param>
/// <param name="Make">Brings the plain file or folder into this form; returns what stands on the command line,
/// and what a pipe holds.</param>
internal sealed record InputForm(
    string Name, bool IsOfFiles, bool IsOfFolders, Func<RealHarness, string, Task<(string Argument, byte[]? Pipe)>> Make)
{
    public static readonly IReadOnlyList<InputForm> All =
    [
        new("plain", true, true, (_, path) => Path(path)),
        new("gz", true, false, (_, path) => Path(Write(path + ".gz", Gzip(File.ReadAllBytes(path))))),
        new("zip", true, true, (_, path) => Path(Write(path + ".zip", Zip(path, "")))),
        new("zip-below-a-folder", true, true, (_, path) => Path(Write(path + ".zip", Zip(path, "all/of/it/")))),
        new("zip-of-gz", true, false, (_, path) => Path(Write(path + ".zip", Zip(Write(path + ".gz", Gzip(File.ReadAllBytes(path))), "")))),
        new("tar", true, true, (_, path) => Path(Write(path + ".tar", Tar(path, "")))),
        new("tar.gz", true, true, (_, path) => Path(Write(path + ".tar.gz", Gzip(Tar(path, ""))))),
        new("tar.gz-below-a-folder", true, true, (_, path) => Path(Write(path + ".tgz", Gzip(Tar(path, "all/of/it/"))))),
        new("folder", true, false, (_, path) => Path(Folder(path, "one"))),
        new("folder-below-a-folder", true, true, (_, path) => Path(Folder(path, "one/inside"))),
        new("pipe", true, false, (_, path) => Pipe(File.ReadAllBytes(path))),
        new("pipe-of-gz", true, false, (_, path) => Pipe(Gzip(File.ReadAllBytes(path)))),
        new("pipe-of-zip", true, true, (_, path) => Pipe(Zip(path, ""))),
        new("pipe-of-tar", true, true, (_, path) => Pipe(Tar(path, ""))),
        new("pipe-of-tar.gz", true, true, (_, path) => Pipe(Gzip(Tar(path, "")))),
        new("registered", true, true, async (real, path) =>
        {
            (await real.RunAsync($"data add mine {path}")).ShouldBe(0, real.Cli.Error);
            return ("registered:mine", null);
        }),
        new("registered-name", true, true, async (real, path) =>
        {
            (await real.RunAsync($"data add mine {path}")).ShouldBe(0, real.Cli.Error);
            return ("mine", null);
        }),
    ];

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    public static byte[] Zip(string path, string below)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, file) in Files(path))
            {
                zip.CreateEntryFromFile(file, below + name, CompressionLevel.Fastest);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Tar(string path, string below)
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(packed, leaveOpen: true))
        {
            foreach (var (name, file) in Files(path))
            {
                tar.WriteEntry(file, below + name);
            }
        }

        return packed.ToArray();
    }

    private static IEnumerable<(string Name, string File)> Files(string path) => File.Exists(path)
        ? [(System.IO.Path.GetFileName(path), path)]
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => (System.IO.Path.GetRelativePath(path, file), file));

    private static string Folder(string path, string inside)
    {
        var top = path + ".folder";
        foreach (var (name, file) in Files(path))
        {
            var copy = System.IO.Path.Combine(top, inside, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return inside.Contains('/', StringComparison.Ordinal) ? top : System.IO.Path.Combine(top, inside);
    }

    private static string Write(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        return path;
    }

    private static Task<(string Argument, byte[]? Pipe)> Path(string path) => Task.FromResult<(string, byte[]?)>((path, null));

    private static Task<(string Argument, byte[]? Pipe)> Pipe(byte[] content) => Task.FromResult<(string, byte[]?)>(("-", content));
}
