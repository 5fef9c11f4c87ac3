using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Augmentation;

/// <summary>Flips, shifts, shears, blurs and changes brightness and contrast of images, each image by its own random amount, in a handful
/// of tensor operations per batch.</summary>
/// <param name="Flip">Mirror half of the images left to right.</param>
/// <param name="Crop">Largest shift in pixels.</param>
/// <param name="Brightness">Largest change, as a share of the range of the inputs.</param>
/// <param name="Contrast">Largest relative change about the image's mean.</param>
/// <param name="Shear">Largest angle in degrees.</param>
/// <param name="Blur">Largest deviation of the Gaussian in pixels.</param>
/// <remarks>Masks move with their image; void pixels stay void. Where a mask moves in from outside, its border
/// repeats, as the image's does.</remarks>
internal sealed record ImageAugmentation(bool Flip, int Crop, double Brightness, double Contrast, double Shear, double Blur) : IAugmentation
{
    // Bytes normalised per channel lie within about four deviations; half of that is the range that brightness is a share of.
    private const double Range = 2;

    /// <summary>The variation of images that are classified, or whose masks move with them.</summary>
    /// <param name="options">Of the trial.</param>
    /// <param name="shape">Of the data.</param>
    /// <returns>Null when nothing is varied, or the rows are no images.</returns>
    public static ImageAugmentation? Of(AugmentationOptions options, DataShape shape) =>
        Of(options.Photometric, shape, options.Flip, options.Crop, options.Shear);

    /// <summary>The variation of images whose targets would have to move with them, such as keypoints:
    /// brightness, contrast and blur.</summary>
    /// <param name="options">Of the trial.</param>
    /// <param name="shape">Of the data.</param>
    /// <returns>Null when nothing is varied, or the rows are no images.</returns>
    public static ImageAugmentation? Of(PhotometricOptions options, DataShape shape) => Of(options, shape, flip: false, crop: 0, shear: 0);

    private bool IsGeometric => Flip || Crop > 0 || Shear > 0;

    private bool IsPhotometric => Brightness > 0 || Contrast > 0 || Blur > 0;

    public Batch Apply(Batch batch, NoiseSource noise)
    {
        var (images, targets) = (batch.Inputs, batch.Targets);
        using var noGrad = no_grad();
        if (IsGeometric)
        {
            var grid = Grid(images, noise);
            images = nn.functional.grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
            if (targets.dim() == 3)
            {
                var masks = targets.to(float32).unsqueeze(1);
                targets = nn.functional
                    .grid_sample(masks, grid, GridSampleMode.Nearest, GridSamplePaddingMode.Border, align_corners: false)
                    .squeeze(1)
                    .round()
                    .to(int64);
            }
        }

        if (Contrast > 0)
        {
            var mean = images.mean([1, 2, 3], keepdim: true);
            images = images.sub(mean).mul(Signed(images, noise).mul(Scalars.Of(Contrast)).Plus(1)).Plus(mean);
        }

        if (Brightness > 0)
        {
            images = images.Plus(Signed(images, noise).mul(Scalars.Of(Brightness * Range)));
        }

        return new(Blur > 0 ? Blurred(images, noise) : images, targets);
    }

    private static ImageAugmentation? Of(PhotometricOptions options, DataShape shape, bool flip, int crop, double shear)
    {
        var augmentation = new ImageAugmentation(flip, crop, options.Brightness, options.Contrast, shear, options.Blur);
        return shape.Input.Count == 3 && (augmentation.IsGeometric || augmentation.IsPhotometric) ? augmentation : null;
    }

    private static Tensor Signed(Tensor images, NoiseSource noise) =>
        noise.Uniform(images.size(0), 1, 1, 1).mul(Scalars.Of(2.0)).sub(Scalars.Of(1.0));

    private Tensor Grid(Tensor images, NoiseSource noise)
    {
        var rows = images.size(0);
        Tensor Random() => noise.Uniform(rows).mul(Scalars.Of(2.0)).sub(Scalars.Of(1.0));
        var one = ones(rows, float32, images.device);
        var zero = zeros(rows, float32, images.device);
        var mirror = Flip ? one.sub(noise.Uniform(rows).lt(Scalars.Of(0.5)).to(float32).mul(Scalars.Of(2.0))) : one;
        var shear = Shear > 0 ? Random().mul(Scalars.Of(Shear * Math.PI / 180)).tan() : zero;

        // Whole pixels: a shift by a fraction would blur. The grid runs from -1 to 1.
        Tensor Shift(long size) => Crop > 0
            ? Random()
                .mul(Scalars.Of(Crop + 0.5))
                .round()
                .clamp(Scalars.Of(-(double)Crop), Scalars.Of((double)Crop))
                .mul(Scalars.Of(2.0 / size))
            : zero;
        var (dx, dy) = (Shift(images.size(3)), Shift(images.size(2)));
        var theta = stack([stack([mirror, shear, dx], 1), stack([zero, one, dy], 1)], 1);
        return nn.functional.affine_grid(theta, images.shape, align_corners: false);
    }

    // Each image is mixed with a blurred copy: the mixture's weight is random, which costs one convolution for the whole batch.
    private Tensor Blurred(Tensor images, NoiseSource noise)
    {
        var radius = (int)Math.Ceiling(2 * Blur);
        var offsets = Scalars.Count((2 * radius) + 1).to(float32).to(images.device).sub(Scalars.Of((double)radius));
        var line = offsets.Squared().mul(Scalars.Of(-0.5 / (Blur * Blur))).exp();
        line = line.div(line.sum());
        var channels = images.size(1);
        var kernel = line.reshape(1, 1, 1, -1).expand(channels, 1, 1, -1);
        var padded = nn.functional.pad(images, [radius, radius, radius, radius], TorchSharp.PaddingModes.Replicate);
        var blurred = nn.functional.conv2d(
            nn.functional.conv2d(padded, kernel, groups: channels), kernel.transpose(2, 3).contiguous(), groups: channels);
        return images.Plus(blurred.sub(images).mul(noise.Uniform(images.size(0), 1, 1, 1)));
    }
}
