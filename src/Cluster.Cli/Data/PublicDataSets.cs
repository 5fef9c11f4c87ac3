using System.Security.Cryptography;

namespace SearchCluster.Cli.Data;

/// <summary>Public data sets with the addresses of their publishers, or of the repositories that publish them unchanged.</summary>
internal static class PublicDataSets
{
    public static IReadOnlyList<PublicDataSet> All { get; } =
    [
        new(
            "mnist",
            "70,000 handwritten digits, 28 × 28 grey",
            DataFormat.Idx,
            "not stated by its publisher; commonly given as CC BY-SA 3.0",
            [
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
                "https://raw.githubusercontent.com/fgnt/mnist/master/",
                "http://yann.lecun.com/exdb/mnist/",
            ],
            [
                Sha256("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                Sha256("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                Sha256("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                Sha256("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
            ]),
        new(
            "fashion-mnist",
            "70,000 articles of clothing, 28 × 28 grey",
            DataFormat.Idx,
            "MIT",
            [
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
            ],
            [
                Sha256("train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                Sha256("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                Sha256("t10k-images-idx3-ubyte.gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                Sha256("t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
            ]),
        new(
            "cifar-10",
            "60,000 photographs of 10 kinds of things, 32 × 32 colours",
            DataFormat.Cifar,
            "not stated; its publisher asks to cite Krizhevsky, 2009",
            ["https://www.cs.toronto.edu/~kriz/"],
            [
                new("cifar-10-binary.tar.gz", null, "c32a1d4ab5d03f1284b67883e8d87530", HashAlgorithmName.MD5),
            ]),
        new(
            "california-housing",
            "20,640 districts of California, 9 features",
            DataFormat.Csv,
            "Apache-2.0 as a repository; the data are StatLib's (1990 census)",
            ["https://raw.githubusercontent.com/ageron/handson-ml2/master/datasets/housing/"],
            [
                Sha256("housing.csv", 1_423_529, "8a3727f4cf54ac1a327f69b1d5b4db54c5834ea81c6e4efc0d163300022a685e"),
            ], "target: median_house_value, medianSplit: true, missing: median"),
        new(
            "ames-housing",
            "2,930 houses of Ames, Iowa, 81 features",
            DataFormat.Csv,
            "not stated; De Cock, Journal of Statistics Education, 2011",
            ["https://raw.githubusercontent.com/rasbt/machine-learning-book/main/ch09/"],
            [
                Sha256("AmesHousing.txt", 960_807, "6cfe6cb525ba437de428653a1040e2aed7d696640bf75203786a6d7a0e67cfcc"),
            ], "target: SalePrice, medianSplit: true, missing: median, missingTexts: [NA], exclude: [Order, PID]"),
        new(
            "breast-cancer",
            "569 tumours, 30 features, benign or malignant",
            DataFormat.Csv,
            "BSD-3-Clause, as part of scikit-learn",
            ["https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/"],
            [
                Sha256("breast_cancer.csv", 119_913, "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed"),
            ], "skipLines: 1"),
        new(
            "wine",
            "178 wines, 13 features, 3 cultivars",
            DataFormat.Csv,
            "BSD-3-Clause, as part of scikit-learn",
            ["https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/"],
            [
                Sha256("wine_data.csv", 11_157, "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede"),
            ], "skipLines: 1"),
        new(
            "iris",
            "150 flowers, 4 features, 3 species",
            DataFormat.Csv,
            "BSD-3-Clause, as part of scikit-learn",
            ["https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/"],
            [
                Sha256("iris.csv", 2_734, "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449"),
            ], "skipLines: 1"),
        new(
            "airline-passengers",
            "passengers of 144 months, 1949 to 1960",
            DataFormat.Series,
            "not stated; Box and Jenkins, 1976",
            ["https://raw.githubusercontent.com/jbrownlee/Datasets/master/"],
            [
                Sha256("airline-passengers.csv", 2_180, "8cb51be753a718d9be5d76d7e238cc224792754676adc21faa59e954b0201621"),
            ], "target: Passengers"),
        new(
            "tiny-shakespeare",
            "1,115,394 characters of Shakespeare",
            DataFormat.Text,
            "MIT as a repository; the text is out of copyright",
            ["https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/"],
            [
                Sha256("input.txt", 1_115_394, "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"),
            ]),
    ];

    private static PublicFile Sha256(string name, long bytes, string hash) => new(name, bytes, hash, HashAlgorithmName.SHA256);
}
