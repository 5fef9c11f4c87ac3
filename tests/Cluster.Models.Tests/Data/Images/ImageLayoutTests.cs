using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;

namespace SearchCluster.Models.Tests.Data.Images;

public sealed class ImageLayoutTests
{
    [Fact]
    public void Deeper_folders_belong_to_their_class()
    {
        var layout = Of("cats/batch-a/1.png", "cats/batch-b/1.png", "cats/2.png", "dogs/batch-a/deep/1.png");

        Classes(layout).ShouldBe("cats cats cats dogs");
        layout.HasParts.ShouldBeFalse();
        layout.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void A_stray_file_changes_nothing_and_is_told()
    {
        var layout = Of(
            "overview.png",
            "train/overview.png",
            "train/cats/1.png",
            "train/dogs/1.png",
            "val/cats/2.png",
            "val/dogs/2.png",
            "test/cats/3.png");

        layout.HasParts.ShouldBeTrue();
        layout.Images.Select(image => $"{image.Class} {image.Part}").ShouldBe(["cats 2", "cats 0", "dogs 0", "cats 1", "dogs 1"]);
        layout.Notes.ShouldBe([
            "set: 1 image in no folder of a class left out: overview.png.",
            "set: 1 image in folder train, but in no folder of a class left out: train/overview.png.",
        ]);
    }

    [Theory]
    [InlineData("test/1.png")]
    [InlineData("Testing/1.png")]
    [InlineData("val/1.png")]
    public void A_part_without_classes_beside_one_with_classes_is_left_out(string unlabelled)
    {
        var layout = Of("train/cats/1.png", "train/dogs/1.png", unlabelled);

        Classes(layout).ShouldBe("cats dogs");
        layout.HasParts.ShouldBeFalse();
        layout.Notes
            .ShouldHaveSingleItem()
            .ShouldContain($"1 image in folder {unlabelled.Split('/')[0]}, but in no folder of a class left out");
    }

    [Fact]
    public void Pictures_to_predict_beside_the_classes_are_left_out()
    {
        var layout = Of("cats/1.png", "dogs/1.png", "test/1.png", "test/2.png");

        Classes(layout).ShouldBe("cats dogs");
        layout.Notes.ShouldHaveSingleItem().ShouldContain("2 images in folder test, a part without classes");
    }

    [Fact]
    public void Words_of_parts_may_be_classes()
    {
        Classes(Of("invalid/1.png", "valid/1.png")).ShouldBe("invalid valid");
        Classes(Of("bus/1.png", "car/1.png", "train/1.png")).ShouldBe("bus car train");
        Classes(Of(["test/day/1.png", "control/day/1.png"], "test", "control")).ShouldBe("control test");
    }

    [Theory]
    [InlineData("train/1.png", "test/1.png")]
    [InlineData("train/1.png", "val/1.png", "cats/1.png")]
    [InlineData("train/cats/1.png", "train/dogs/1.png", "extra/1.png")]
    [InlineData("train/cats/1.png", "test1/1.png")]
    public void What_may_be_parts_or_classes_is_refused(params string[] paths)
    {
        Should.Throw<DataException>(() => Of(paths)).Code.ShouldBe("SC3302");
    }

    [Fact]
    public void Names_of_parts_come_with_other_words_and_twice()
    {
        var layout = Of(
            "training_set/training_set/cats/1.png",
            "training_set/training_set/dogs/1.png",
            "test-images/cats/1.png",
            "test-images/dogs/1.png");

        layout.HasParts.ShouldBeTrue();
        layout.Images
            .Select(image => $"{image.Path[0]} {image.Class} {image.Part}")
            .ShouldBe(["t cats 2", "t dogs 2", "t cats 0", "t dogs 0"]);
        Of("train/train/x.png", "train/train/cats/1.png", "val/cats/1.png").Notes.ShouldHaveSingleItem().ShouldContain("train/train/x.png");
        Classes(Of("train/car/1.png", "train/train/1.png", "val/car/1.png")).ShouldBe("car train car");
        Classes(Of("test bench/1.png", "train station/1.png")).ShouldBe("test bench train station");
    }

    // What lies in the folder, and what becomes of it: the classes, a word of the note where there is one, or "refused".
    [Theory]
    [InlineData("refused", "fold1/cats", "fold1/dogs", "fold2/cats", "fold2/dogs")]
    [InlineData("refused", "images/cats", "images/dogs", "images_test")]
    [InlineData("refused", "2026/cats", "2026/dogs", "2025/cats")]
    [InlineData("refused", "raw/cats", "raw/dogs", "augmented/cats", "augmented/dogs", "augmented/birds")]
    [InlineData("refused", "dataset/cats", "dataset/dogs", "sample")]
    [InlineData("refused", "jpg/cats", "jpg/dogs", "png/cats")]
    [InlineData("refused", "patient1/benign", "patient1/malignant", "patient2/benign")]
    [InlineData("refused", "2025/cats", "2026/cats", "2027/dogs")]
    [InlineData("refused", "cats/train", "cats/test", "dogs/train", "dogs/test")]
    [InlineData("refused", "train/raw/cats", "train/raw/dogs", "train/augmented/cats", "val/raw/cats")]
    [InlineData("cats dogs", "cats/2025", "cats/2026", "dogs/2025", "dogs/2026")]
    [InlineData("cats dogs", "cats/batch-1", "cats/batch-2", "dogs")]
    [InlineData("cats dogs", "cats/images", "dogs/images")]
    [InlineData("cats dogs", "cats/patient1", "cats/patient2", "dogs/patient3")]
    [InlineData("cats dogs", "cats/source_a", "cats/source_b", "dogs/source_a")]
    [InlineData("cats dogs", "cats/persian", "dogs/boxer")]
    [InlineData("cats dogs", "cats", "dogs")]
    [InlineData("0 1", "0", "1")]
    [InlineData("cats dogs told", "cats/persian", "cats/siamese", "dogs")]
    [InlineData("hospital-north hospital-south told", "hospital-north/benign", "hospital-north/malignant", "hospital-south/benign")]
    [InlineData("class1 class2 told", "class1/2025", "class1/2026", "class2/2025")]
    [InlineData("cats dogs", "train/cats/2025", "train/cats/2026", "train/dogs/2025", "val/cats/2025", "val/dogs/2025")]
    public void Containers_are_told_from_classes_by_the_tree_and_its_names(string expected, params string[] folders)
    {
        var paths = folders.SelectMany(folder => (string[])[folder + "/1.png", folder + "/2.png"]).ToArray();

        string found;
        try
        {
            var layout = Of(paths);
            found = string.Join(' ', layout.Images
                .Select(image => image.Class)
                .Distinct()
                .Order(StringComparer.Ordinal)) + (layout.Notes.Count > 0
                ? " told"
                : "");
            layout.Notes.ShouldAllBe(note => note.Contains("data.images.classLevel: 2 makes the inner folders the classes",
                StringComparison.Ordinal));
        }
        catch (DataException refused)
        {
            refused.Code.ShouldBe("SC3302");
            refused.Message.ShouldContain("data.images.classLevel: 1");
            found = "refused";
        }

        found.ShouldBe(expected);
    }

    [Fact]
    public void A_level_that_is_said_is_taken_without_a_word()
    {
        string[] paths = ["2025/cats/1.png", "2026/cats/1.png", "2026/dogs/1.png", "2026/overview.png"];

        var outer = ImageLayout.Of("set", paths, classLevel: 1);
        var inner = ImageLayout.Of("set", paths, classLevel: 2);

        Classes(outer).ShouldBe("2025 2026 2026 2026");
        outer.Notes.ShouldBeEmpty();
        Classes(inner).ShouldBe("cats cats dogs");
        inner.Notes.ShouldHaveSingleItem().ShouldContain("1 image in no folder of a class (data.images.classLevel: 2) left out: "
            + "2026/overview.png");
        var parts = ImageLayout.Of("set", ["train/raw/cats/1.png", "train/raw/dogs/1.png", "val/aug/cats/1.png"], classLevel: 2);
        parts.Images.Select(image => $"{image.Class} {image.Part}").ShouldBe(["cats 0", "dogs 0", "cats 1"]);
    }

    [Fact]
    public void The_classes_of_a_model_are_found_where_their_folders_lie()
    {
        string[] paths = ["2025/cats/1.png", "2026/cats/1.png", "2026/dogs/1.png"];

        Classes(Of(paths, "cats", "dogs")).ShouldBe("cats cats dogs");
        Classes(Of(paths, "2025", "2026")).ShouldBe("2025 2026 2026");
        Classes(Of(["fold1/x/1.png", "fold2/x/1.png"], "cats", "dogs")).ShouldBe("fold1 fold2");
    }

    [Fact]
    public void A_folder_beside_the_parts_is_left_out()
    {
        var layout = Of("train/cats/1.png", "train/dogs/1.png", "val/cats/1.png", "sources/x/1.png");

        layout.HasParts.ShouldBeTrue();
        Classes(layout).ShouldBe("cats dogs cats");
        layout.Notes
            .ShouldHaveSingleItem()
            .ShouldContain("1 image in folder sources, which is no part, left out".Replace(", left", " left", StringComparison.Ordinal));
    }

    [Fact]
    public void Folders_around_everything_are_no_classes_unless_a_model_knows_them()
    {
        Classes(Of("all/data/cats/1.png", "all/data/dogs/1.png")).ShouldBe("cats dogs");
        Classes(Of("all/train/cats/1.png", "all/train/dogs/1.png")).ShouldBe("cats dogs");
        Classes(Of(["cats/a/1.png", "cats/b/1.png"], "cats", "dogs")).ShouldBe("cats cats");
        Of("1.png", "2.png").Images.ShouldBeEmpty();
    }

    private static string Classes(ImageLayout layout) => string.Join(' ', layout.Images.Select(image => image.Class));

    private static ImageLayout Of(params string[] paths) => ImageLayout.Of("set", paths);

    private static ImageLayout Of(string[] paths, params string[] known) => ImageLayout.Of("set", paths, known);
}
