package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"shopbell/core/desk"
)

// level is one article of a pushed update. Its limits are those of package desk.
type level struct {
	SKU   string `json:"sku" minLength:"1" maxLength:"64" doc:"The article, as rules name it. Letter case does not count." example:"BT-39"`
	Level int    `json:"level" minimum:"0" maximum:"99999" doc:"How many are left."`
	Name  string `json:"name,omitempty" maxLength:"200" doc:"Without one the article keeps the name it has."`
}

type pushInput struct {
	Body struct {
		Levels []level `json:"levels" minItems:"1" doc:"No article twice."`
	}
}

type article struct {
	SKU       string    `json:"sku"`
	Name      string    `json:"name"`
	Level     int       `json:"level" minimum:"0" doc:"How many are left."`
	Origin    string    `json:"origin" enum:"file,person,push" doc:"Where the level comes from: the watched file, a person in the program, or this API."`
	UpdatedAt time.Time `json:"updated_at" doc:"When it last changed."`
}

type articleOutput struct{ Body article }

type articleInput struct {
	SKU string `path:"sku" maxLength:"64"`
}

// addStock adds the operations on stock.
func addStock(api huma.API, s Stock) {
	push := func(ctx context.Context, in *pushInput) (*struct{}, error) {
		changes := make([]desk.StockChange, len(in.Body.Levels))
		for i, l := range in.Body.Levels {
			changes[i] = desk.StockChange{SKU: l.SKU, Level: l.Level, Name: l.Name}
		}
		if err := s.PushLevels(ctx, changes); err != nil {
			return nil, problem(err)
		}
		return nil, nil
	}
	for _, method := range []string{http.MethodPut, http.MethodPost} {
		huma.Register(api, huma.Operation{
			OperationID: "push-stock-" + map[string]string{http.MethodPut: "put", http.MethodPost: "post"}[method],
			Method:      method, Path: V1 + "stock", DefaultStatus: http.StatusNoContent, Summary: "Say how many are left of articles",
			Description: "One update: all of it takes effect, or nothing. It is in force when the answer comes, and may be sent again. " +
				"A body has at most 5,120 bytes: send a longer list in parts.",
			MaxBodyBytes: desk.MaxStockUpdate + 1, // one more than it takes
			Errors: []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusRequestEntityTooLarge,
				http.StatusUnsupportedMediaType, http.StatusServiceUnavailable, http.StatusInsufficientStorage},
		}, push)
	}
	huma.Register(api, huma.Operation{
		OperationID: "get-stock", Method: http.MethodGet, Path: V1 + "stock/{sku}", Summary: "What the desk knows of one article",
		Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusServiceUnavailable},
	}, func(ctx context.Context, in *articleInput) (*articleOutput, error) {
		a, err := s.Article(ctx, in.SKU)
		if err != nil {
			return nil, problem(err)
		}
		return &articleOutput{article{SKU: a.SKU, Name: a.Name, Level: a.Level, Origin: string(a.Origin), UpdatedAt: a.At}}, nil
	})
}
