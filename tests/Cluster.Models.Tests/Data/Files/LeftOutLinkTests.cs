using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Description;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Tests.Data.Images;
using SkiaSharp;

namespace SearchCluster.Models.Tests.Data.Files;

public sealed class LeftOutLinkTests : IDisposable
{
    private const string Told = "P: 2 links to something outside the folder left out (blue, red): only links to what lies in it are "
        + "followed; copy the files into it, or name the folder they are in.";

    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-links-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_whose_classes_are_links_to_elsewhere_is_refused_with_their_names()
    {
        var linked = Path.Combine(_folder, "P");
        foreach (var name in (string[])["blue", "red"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, "B", name));
            File.WriteAllBytes(Path.Combine(_folder, "B", name, "1.png"), Pictures.Png(2, 2, SKColors.Red));
            Directory.CreateDirectory(linked);
            Directory.CreateSymbolicLink(Path.Combine(linked, name), Path.Combine(_folder, "B", name));
        }

        Ends(() => DataDescriber.Describe(new(linked, null, new())));
        Ends(() => DataDescriber.Recognise(linked));
        Ends(() => SampleReader.Read(new(linked, null, new())));
        Ends(() => SampleReader.Read(new(linked, null, new(), Format: DataFormat.Images)));
        Ends(() => ImageRows.Read(linked, new([3, 2, 2], TargetKind.Class, [], ["blue", "red"], [])));
    }

    private static void Ends(Action read)
    {
        var message = Should.Throw<DataException>(read).Message;
        message.ShouldEndWith(Told);
        message.Split(Told).Length.ShouldBe(2, "told once");
    }
}
