using System.Diagnostics;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Predictions;

namespace SearchCluster.Cli.Tests.Output;

public sealed class PictureFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pictures_have_the_names_of_what_they_were_made_from_packed_or_not()
    {
        var pictures = new PictureFolder(_folder, ["a/cat.png.gz", "b.jpg", "c.png", "c.jpg.gz"]);

        Enumerable.Range(0, 4).Select(number => Path.GetRelativePath(_folder, pictures.Write(number, stream => stream.WriteByte(1))))
            .ShouldBe([Path.Combine("a", "cat.png"), "b.png", "c.png.png", "c.jpg.gz.png"]);
    }

    [Fact]
    public void A_picture_is_there_whole_or_as_it_was()
    {
        var pictures = new PictureFolder(_folder, ["cat.jpg"]);
        var file = pictures.Write(0, stream => stream.Write("before"u8));

        Should.Throw<InvalidDataException>(() => pictures.Write(0, stream =>
        {
            stream.WriteByte(1);
            stream.Flush();
            File.ReadAllText(file).ShouldBe("before");
            throw new InvalidDataException();
        }));

        File.ReadAllText(file).ShouldBe("before");
        Directory.EnumerateFiles(_folder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_pipe_of_the_name_of_a_picture_is_refused_instead_of_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There are no named pipes here.");
        using (var make = Process.Start("mkfifo", Path.Combine(_folder, "cat.png")))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var refused = Should.Throw<CliException>(() => new PictureFolder(_folder, ["cat.jpg"]).Write(0, stream => stream.WriteByte(1)));

        refused.ExitCode.ShouldBe(ExitCodes.StorageTrouble);
        refused.Message.ShouldContain("cat.png cannot be written: it is a named pipe.");
    }
}
